import {
  isObject,
  isRemote,
  type Json,
  type JsonObject,
  listOf,
  type ServerTool,
  textOf,
  walkObjects,
} from './server-tool.js';

/** Tools that the client runs: https://platform.openai.com/docs/guides/tools. */
const clientTools = new Set(['function', 'custom', 'local_shell', 'apply_patch', 'computer_use_preview']);
const kinds = [
  [/^web_search/, 'web-search'],
  [/^mcp$/, 'remote-mcp'],
  [/^code_interpreter$/, 'code-execution'],
  [/^shell$/, 'code-execution'],
  [/^file_search$/, 'file-search'],
] as const;
/** Arguments and their schemas are the client's own data. */
const CLIENT_DATA = new Set(['arguments', 'parameters']);

/** Chat Completions and Responses. */
export function findOpenaiServerTools(body: JsonObject): readonly ServerTool[] {
  return [
    ...listOf(body.tools).flatMap(readTool),
    ...(isObject(body.web_search_options)
      ? [{ kind: 'web-search', name: 'web_search_options' } as const]
      : []),
    ...[...walkObjects([...listOf(body.messages), ...listOf(body.input)], CLIENT_DATA)].flatMap(readPart),
  ];
}

function readTool(tool: Json): readonly ServerTool[] {
  if (!isObject(tool)) return [{ kind: 'other', name: 'a tool that is no object' }];
  const name = textOf(tool.type);
  if (clientTools.has(name)) return [];
  if (name === 'namespace') return listOf(tool.tools).flatMap(readTool);
  return [
    {
      kind: kinds.find(([pattern]) => pattern.test(name))?.[1] ?? 'other',
      name: name || 'a tool without a type',
    },
  ];
}

function readPart(part: JsonObject): readonly ServerTool[] {
  const image = isObject(part.image_url) ? part.image_url.url : part.image_url;
  return [image, part.file_url].filter(isRemote).map((url) => ({ kind: 'url-content', name: textOf(url) }));
}

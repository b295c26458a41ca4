import {
  isObject,
  isRemote,
  type Json,
  type JsonObject,
  listOf,
  type ServerTool,
  type ServerToolKind,
  textOf,
  walkObjects,
} from './server-tool.js';

/** By the key in lower case without underscores: the service takes either spelling. https://ai.google.dev/api/caching#Tool */
const kinds: Readonly<Record<string, ServerToolKind>> = {
  googlesearch: 'web-search',
  googlesearchretrieval: 'web-search',
  googlemaps: 'web-search',
  urlcontext: 'web-fetch',
  codeexecution: 'code-execution',
  filesearch: 'file-search',
  mcpservers: 'remote-mcp',
};
/** Arguments and results of functions, and their schemas, are the client's own data. */
const CLIENT_DATA = new Set(['args', 'response', 'parameters', 'parametersJsonSchema']);

export function findGeminiServerTools(body: JsonObject): readonly ServerTool[] {
  const { contents, systemInstruction, system_instruction } = body;
  return [
    ...listOf(body.tools).flatMap(readTool),
    ...('cachedContent' in body || 'cached_content' in body
      ? [{ kind: 'other', name: 'cachedContent' } as const]
      : []),
    ...[
      ...walkObjects([contents ?? null, systemInstruction ?? null, system_instruction ?? null], CLIENT_DATA),
    ].flatMap(readPart),
  ];
}

function readTool(tool: Json): readonly ServerTool[] {
  if (!isObject(tool)) return [{ kind: 'other', name: 'a tool that is no object' }];
  return Object.keys(tool)
    .filter((key) => plain(key) !== 'functiondeclarations')
    .map((name) => ({ kind: kinds[plain(name)] ?? 'other', name }));
}

function readPart(part: JsonObject): readonly ServerTool[] {
  const data = part.fileData ?? part.file_data;
  if (!isObject(data)) return [];
  const uri = data.fileUri ?? data.file_uri;
  return isRemote(uri) ? [{ kind: 'url-content', name: textOf(uri) }] : [];
}

function plain(key: string): string {
  return key.replaceAll('_', '').toLowerCase();
}

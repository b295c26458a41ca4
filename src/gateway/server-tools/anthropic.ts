import {
  isObject,
  type Json,
  type JsonObject,
  listOf,
  type ServerTool,
  textOf,
  walkObjects,
} from './server-tool.js';

/** Typed tools that the client runs: https://docs.anthropic.com/en/docs/agents-and-tools/tool-use/overview. */
const CLIENT_TOOL = /^(?:custom|(?:bash|text_editor|computer|memory)_\d{8})$/;
const kinds = [
  [/^web_search/, 'web-search'],
  [/^web_fetch/, 'web-fetch'],
  [/^code_execution/, 'code-execution'],
  [/^mcp_/, 'remote-mcp'],
] as const;
/** A tool's arguments are the client's own data, whatever they look like. */
const CLIENT_DATA = new Set(['input', 'input_schema']);

export function findAnthropicServerTools(body: JsonObject): readonly ServerTool[] {
  return [
    ...listOf(body.tools).flatMap(readTool),
    ...(listOf(body.mcp_servers).length > 0 ? [{ kind: 'remote-mcp', name: 'mcp_servers' } as const] : []),
    ...(isObject(body.container) ? [{ kind: 'code-execution', name: 'container' } as const] : []),
    ...[...walkObjects([...listOf(body.messages), ...listOf(body.system)], CLIENT_DATA)].flatMap(readSource),
  ];
}

function readTool(tool: Json): readonly ServerTool[] {
  if (!isObject(tool)) return [{ kind: 'other', name: 'a tool that is no object' }];
  if (tool.type === undefined || tool.type === null || CLIENT_TOOL.test(textOf(tool.type))) return [];
  const name = textOf(tool.type);
  return [{ kind: kinds.find(([pattern]) => pattern.test(name))?.[1] ?? 'other', name }];
}

function readSource({ source }: JsonObject): readonly ServerTool[] {
  if (!isObject(source) || source.type !== 'url') return [];
  return [{ kind: 'url-content', name: textOf(source.url) }];
}

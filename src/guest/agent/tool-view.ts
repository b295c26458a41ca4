import type { ToolCallContent, ToolCallLocation, ToolKind } from '@agentclientprotocol/sdk';
import type { ToolCall } from '../../protocol/tools.js';

const MAX_TITLE = 200;
const MAX_DIFF_CHARS = 8192;
const MAX_DIFFS = 20;
const MAX_TEXT = 4096;

export interface ToolView {
  readonly title: string;
  readonly kind: ToolKind;
  readonly locations: ToolCallLocation[];
  readonly content: ToolCallContent[];
}

/** How a call is shown: what it is about to do, without its result. */
export function viewTool(call: ToolCall): ToolView {
  const { title, kind, path } = describe(call);
  return {
    title: title.length > MAX_TITLE ? `${title.slice(0, MAX_TITLE)}…` : title,
    kind,
    locations: path === undefined ? [] : [{ path: toAbsolute(path) }],
    content: call.tool === 'edit_file' ? toDiffs(call.input) : [],
  };
}

export function viewResult(text: string): ToolCallContent[] {
  const shown = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
  return shown === '' ? [] : [{ type: 'content', content: { type: 'text', text: shown } }];
}

function describe(call: ToolCall): { title: string; kind: ToolKind; path?: string } {
  switch (call.tool) {
    case 'read_file':
      return { title: `Read ${call.input.path}`, kind: 'read', path: call.input.path };
    case 'write_file':
      return { title: `Write ${call.input.path}`, kind: 'edit', path: call.input.path };
    case 'edit_file':
      return { title: `Edit ${call.input.path}`, kind: 'edit', path: call.input.path };
    case 'list_directory':
      return { title: `List ${call.input.path || '.'}`, kind: 'read', path: call.input.path };
    case 'search':
      return { title: `Search ${call.input.pattern}`, kind: 'search' };
    case 'run_command':
      return { title: `Run ${call.input.command}`, kind: 'execute' };
  }
}

function toDiffs(input: Extract<ToolCall, { tool: 'edit_file' }>['input']): ToolCallContent[] {
  const size = input.edits.reduce((sum, edit) => sum + edit.old.length + edit.new.length, 0);
  if (size > MAX_DIFF_CHARS || input.edits.length > MAX_DIFFS) return [];
  return input.edits.map((edit) => ({
    type: 'diff',
    path: toAbsolute(input.path),
    oldText: edit.old,
    newText: edit.new,
  }));
}

function toAbsolute(path: string): string {
  if (path.startsWith('/')) return path;
  return path === '' ? '/workspace' : `/workspace/${path}`;
}

import type { Tool } from '@modelcontextprotocol/sdk/types.js';
import * as z from 'zod';
import type { ToolName } from '../../protocol/tools.js';
import { toolSpecs } from '../agent/tool-specs.js';

/** Before a tool's own name, so that it equals no tool of any agent. */
export const PREFIX = 'sb_';

// https://modelcontextprotocol.io/specification/2025-06-18/server/tools#tool: hints, which no client may rely on.
const annotations: Readonly<Record<ToolName, NonNullable<Tool['annotations']>>> = {
  read_file: { title: 'Read a file', readOnlyHint: true, openWorldHint: false },
  write_file: { title: 'Write a file', destructiveHint: true, idempotentHint: true, openWorldHint: false },
  edit_file: { title: 'Edit a file', destructiveHint: true, idempotentHint: false, openWorldHint: false },
  list_directory: { title: 'List a directory', readOnlyHint: true, openWorldHint: false },
  search: { title: 'Search in files', readOnlyHint: true, openWorldHint: false },
  // There is no network, so no open world.
  run_command: { title: 'Run a command', destructiveHint: true, idempotentHint: false, openWorldHint: false },
};

const inputSchema = z.looseObject({ type: z.literal('object') });

/** The broker's tools as MCP clients are told of them. */
export function toolList(): Tool[] {
  return toolSpecs(PREFIX).map(({ tool, name, description, schema }) => ({
    name,
    title: annotations[tool].title,
    description,
    inputSchema: inputSchema.parse(schema),
    annotations: annotations[tool],
  }));
}

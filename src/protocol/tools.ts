import * as z from 'zod';
import { limits } from './limits.js';

// The tools an agent gets. Paths are relative to the workspace, or absolute below /workspace.

const path = z.string().max(4096);

export const readFileInput = z.object({
  path: path.describe('File to read, relative to the workspace'),
  offset: z.int().min(1).optional().describe('First line, from 1'),
  limit: z.int().min(1).max(100_000).optional().describe('Number of lines'),
});
export const writeFileInput = z.object({
  path: path.describe('File to create or replace'),
  content: z.string().max(limits.toolFileBytes).describe('The whole new content'),
});
export const editFileInput = z.object({
  path: path.describe('File to edit'),
  edits: z
    .array(
      z.object({
        old: z.string().min(1).max(limits.toolFileBytes).describe('Exact text to replace'),
        new: z.string().max(limits.toolFileBytes).describe('Replacement'),
        all: z.boolean().optional().describe('Replace every occurrence; otherwise it must be unique'),
      }),
    )
    .min(1)
    .max(200),
});
export const listDirectoryInput = z.object({
  path: path.default('').describe('Directory, default the workspace root'),
  depth: z.int().min(1).max(8).default(1),
});
export const searchInput = z.object({
  pattern: z.string().min(1).max(4096).describe('Regular expression (ripgrep syntax)'),
  path: path.default(''),
  glob: z.string().max(512).optional().describe('Only files that match this glob'),
  ignoreCase: z.boolean().default(false),
});
export const runCommandInput = z.object({
  command: z.string().min(1).max(limits.commandChars).describe('One command line; no shell is started'),
  cwd: path.default('').describe('Working directory'),
  timeoutMs: z.int().min(100).max(limits.commandMaxMs).optional(),
});

/** A tool request after the boundary: the tool's name and its checked input. */
export const toolCall = z.discriminatedUnion('tool', [
  z.object({ tool: z.literal('read_file'), input: readFileInput }),
  z.object({ tool: z.literal('write_file'), input: writeFileInput }),
  z.object({ tool: z.literal('edit_file'), input: editFileInput }),
  z.object({ tool: z.literal('list_directory'), input: listDirectoryInput }),
  z.object({ tool: z.literal('search'), input: searchInput }),
  z.object({ tool: z.literal('run_command'), input: runCommandInput }),
]);
export type ToolCall = z.infer<typeof toolCall>;
export type ToolName = ToolCall['tool'];
export const toolNames = [
  'read_file',
  'write_file',
  'edit_file',
  'list_directory',
  'search',
  'run_command',
] as const;
/** The tools as agents see them over MCP: no agent has tools of its own by these names. */
export const brokerTools: readonly string[] = toolNames.map((name) => `sb_${name}`);

/** How a command ended. `signal` and `exitCode` exclude each other. */
export const commandEnd = z.object({
  exitCode: z.int().nullable(),
  signal: z.string().max(32).nullable(),
  reason: z.enum(['exited', 'timeout', 'cancelled', 'spawn-failed']),
  durationMs: z.number(),
  /** Bytes cut from the output, 0 when whole. */
  cutBytes: z.int().min(0),
});
export type CommandEnd = z.infer<typeof commandEnd>;

/** The last line of every tool stream. `text` is what the agent reads. */
export const toolResult = z.object({
  type: z.literal('result'),
  ok: z.boolean(),
  text: z.string().max(limits.jsonBytes),
  /** Set when the guest's policy, asked again, said no. */
  denied: z.object({ rule: z.string().max(256), reason: z.string().max(4096) }).optional(),
  end: commandEnd.optional(),
});
export type ToolResult = z.infer<typeof toolResult>;

export const toolOutput = z.object({
  type: z.literal('output'),
  stream: z.enum(['stdout', 'stderr']),
  text: z.string().max(limits.jsonBytes),
});
export type ToolOutput = z.infer<typeof toolOutput>;

/** One NDJSON line of a tool stream: any number of outputs, then exactly one result. */
export const toolEvent = z.discriminatedUnion('type', [toolOutput, toolResult]);
export type ToolEvent = z.infer<typeof toolEvent>;

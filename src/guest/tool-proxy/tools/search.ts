import { statSync } from 'node:fs';
import { join } from 'node:path';
import type * as z from 'zod';
import { limits } from '../../../protocol/limits.js';
import type { searchInput } from '../../../protocol/tools.js';
import { runCommand } from '../command.js';
import type { ToolAnswer, ToolRun } from '../context.js';
import { buildEnvironment } from '../environment.js';
import { confine } from '../files/confine.js';

const OUTPUT_BYTES = 1024 * 1024;
const SEARCH_MS = 60_000;

/** ripgrep's `path:line:text`, paths relative to the workspace. */
export async function search(run: ToolRun, input: z.output<typeof searchInput>): Promise<ToolAnswer> {
  const root = run.context.workspace;
  const path = confine(root, input.path);
  // Asked first for a clear message: ripgrep's own would name the path in its own way.
  statSync(join(root, path));
  const enough = new AbortController();
  let lines = 0;
  const { output, end } = await runCommand(
    run.context.tree,
    {
      argv: buildArgv(input, path),
      cwd: root,
      env: buildEnvironment(),
      timeoutMs: SEARCH_MS,
      outputBytes: OUTPUT_BYTES,
    },
    AbortSignal.any([run.signal, enough.signal]),
    (_stream, text) => {
      lines += text.split('\n').length - 1;
      if (lines > limits.searchMatches) enough.abort();
    },
  );
  if (end.reason === 'timeout')
    return { ok: false, text: `the search took longer than ${SEARCH_MS / 1000} s`, end };
  if (end.reason === 'spawn-failed' || end.exitCode === 2) return { ok: false, text: output, end };
  return { ok: true, text: formatMatches(output) };
}

function buildArgv(input: z.output<typeof searchInput>, path: string): readonly string[] {
  const glob = input.glob === undefined ? [] : [`--glob=${input.glob}`];
  const fixed =
    '--no-config --line-number --no-heading --with-filename --color=never --max-columns=300 --max-columns-preview';
  const walk = '--hidden --no-messages --no-require-git --sort=path';
  return [
    'rg',
    ...fixed.split(' '),
    ...walk.split(' '),
    `--max-count=${limits.searchMatches}`,
    ...(input.ignoreCase ? ['--ignore-case'] : []),
    ...glob,
    // Last, so that no glob of the agent's undoes it.
    '--glob=!.git',
    `--regexp=${input.pattern}`,
    '--',
    `./${path}`,
  ];
}

function formatMatches(output: string): string {
  const lines = output.split('\n').filter((line) => line !== '');
  if (lines.length === 0) return 'no matches';
  const shown = lines.slice(0, limits.searchMatches).map((line) => line.replace(/^\.\//, ''));
  if (lines.length > shown.length)
    shown.push(`[airlock: more than ${limits.searchMatches} matches; narrow the search]`);
  return shown.join('\n');
}

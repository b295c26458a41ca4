import { type ExecFileSyncOptionsWithStringEncoding, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const settings: ExecFileSyncOptionsWithStringEncoding = {
  env: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8' },
  maxBuffer: 1 << 26,
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'pipe'],
};

/** The scripts whose syntax bash refuses; none is run. */
export function refusedByBash(scripts: readonly string[]): string[] {
  return inFolder((dir) => {
    for (const [index, script] of scripts.entries()) writeFileSync(join(dir, String(index)), script);
    const check = 'cd "$1"; for f in *; do bash -n "$f" 2>/dev/null || echo "$f"; done';
    const output = execFileSync('/bin/bash', ['--norc', '-c', check, 'bash', dir], settings);
    const indices = output.split('\n').filter((line) => line !== '');
    return indices.map((index) => scripts[Number(index)] ?? index);
  });
}

/** What bash makes of the words of each line. They must hold no expansion but braces; only `printf` is run. */
export function wordsInBash(lines: readonly string[]): string[][] {
  return inFolder((dir) => {
    const file = join(dir, 'script');
    const script = lines.map((words) => `printf '%s\\0' x ${words}\nprintf '\\1'\n`).join('');
    writeFileSync(file, script);
    const env = { PATH: '/nonexistent', LC_ALL: 'C.UTF-8' };
    const output = execFileSync('/bin/bash', ['-f', file], { ...settings, env });
    return output
      .split('\x01')
      .slice(0, -1)
      .map((words) => words.split('\0').slice(1, -1));
  });
}

function inFolder<T>(work: (dir: string) => T): T {
  const dir = mkdtempSync(join(tmpdir(), 'airlock-syntax-'));
  try {
    return work(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

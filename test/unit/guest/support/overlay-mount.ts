import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';

export interface OverlayMount {
  readonly lower: string;
  readonly upper: string;
  readonly merged: string;
  remove(): void;
}

/** A real overlay file system on tmpfs. Needs root; `mount` fails with the reason otherwise. */
export function mountOverlay(fill: (lower: string) => void): OverlayMount {
  const base = mkdtempSync('/tmp/airlock-overlay-');
  execFileSync('mount', ['-t', 'tmpfs', 'airlock-test', base]);
  const dirs = ['lower', 'upper', 'work', 'merged'].map((name) => path.join(base, name));
  const [lower = '', upper = '', work = '', merged = ''] = dirs;
  for (const dir of dirs) mkdirSync(dir);
  fill(lower);
  execFileSync('mount', [
    '-t',
    'overlay',
    'airlock-test',
    '-o',
    `lowerdir=${lower},upperdir=${upper},workdir=${work}`,
    merged,
  ]);
  return {
    lower,
    upper,
    merged,
    remove: () => {
      execFileSync('umount', [merged]);
      execFileSync('umount', [base]);
      rmSync(base, { recursive: true });
    },
  };
}

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BYTES = 16 * 1024 * 1024;

export interface CaseIgnoringDisk {
  readonly root: string;
  remove(): void;
}

/** A real exFAT file system, on which README and Readme are one file, and which has no hard links. Needs root. */
export function mountCaseIgnoringDisk(): CaseIgnoringDisk {
  const root = mkdtempSync(join(tmpdir(), 'airlock-exfat-'));
  const image = `${root}.img`;
  writeFileSync(image, '');
  truncateSync(image, BYTES);
  execFileSync('mkfs.exfat', [image], { stdio: 'ignore' });
  const device = execFileSync('losetup', ['-f', '--show', image], { encoding: 'utf8' }).trim();
  execFileSync('mount.exfat-fuse', [device, root], { stdio: 'ignore' });
  return {
    root,
    remove: () => {
      execFileSync('umount', [root]);
      execFileSync('losetup', ['-d', device]);
      rmSync(image);
      rmSync(root, { recursive: true });
    },
  };
}

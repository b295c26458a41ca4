import { statSync } from 'node:fs';

/**
 * True when every process of our uid was started through us, so that `kill(-1)` hits strays only:
 * we are a container's main or exec'd program (parent pid 1 or 0) under an unprivileged pid 1.
 * On an ordinary machine pid 1 is root's. Ask once, at the start: an orphan's parent becomes pid 1 too.
 */
export function isSoleOwnerOfUid(): boolean {
  return process.getuid?.() !== 0 && process.ppid <= 1 && statSync('/proc/1').uid !== 0;
}

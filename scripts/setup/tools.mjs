import { findProgram } from '../lib/run.mjs';
import { canInstallPackages, installPackages } from './debian.mjs';

/** Programs that tests run on this machine beside the real parts, and the Debian packages that bring them. */
const TOOLS = {
  rg: 'ripgrep',
  git: 'git',
  tar: 'tar',
  mount: 'mount',
  losetup: 'mount',
  strace: 'strace',
  patch: 'patch',
  // gVisor, as a runtime of an engine that a test starts.
  runsc: 'runsc',
  unshare: 'util-linux',
  // A file system that ignores case and keeps it.
  'mkfs.exfat': 'exfatprogs',
  'mount.exfat-fuse': 'exfat-fuse',
};

/** @param {import('../lib/log.mjs').Log} log */
export async function ensureTools(log) {
  const missing = listMissing();
  if (missing.length > 0 && canInstallPackages()) await installPackages(missing, log);
  const still = listMissing();
  if (still.length > 0) throw new Error(`The tests run these programs; install them: ${still.join(', ')}`);
}

function listMissing() {
  return Object.entries(TOOLS)
    .filter(([program]) => findProgram(program) === undefined)
    .map(([, name]) => name);
}

/**
 * Kills a process we started as the leader of its own group, and everything it started.
 * @param {number | undefined} pid
 * @param {NodeJS.Signals} [signal]
 */
export function endGroup(pid, signal = 'SIGKILL') {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // ESRCH: it has already ended, which is what was wanted.
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}

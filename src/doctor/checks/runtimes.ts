import { onEngine } from './on-engine.js';

/** Which low-level runtime starts a sandbox: the engine's default one. */
export const runtimesCheck = onEngine('runtimes', 'Runtimes', ({ runtimes, defaultRuntime }) => {
  const names = [...runtimes].sort().join(', ');
  if (defaultRuntime === '' || !runtimes.includes(defaultRuntime)) {
    return {
      status: 'unknown',
      reason: `The engine names no default runtime of its list (${names === '' ? 'empty' : names}); what starts a sandbox is not known.`,
      fix: 'Look at "default-runtime" and "runtimes" in the engine\'s daemon.json.',
    };
  }
  if (/^runsc/.test(defaultRuntime)) {
    return {
      status: 'warn',
      reason: `The default runtime is ${defaultRuntime}, so every sandbox runs in gVisor. An overlay of the workspace does not pass through it, and it may not hold the limits of memory and processes when it is set up to ignore cgroups.`,
      fix: 'Set airlock.strategy to "copy", or make runc the default runtime in daemon.json.',
    };
  }
  return { status: 'ok', reason: `Sandboxes are started by ${defaultRuntime}; there are ${names}.` };
});

import { onEngine } from './on-engine.js';

/** Whether users of a container are others on the machine. */
export const usernsCheck = onEngine('userns', 'User namespaces', ({ rootless, securityOptions }) => {
  if (rootless) {
    return { status: 'ok', reason: 'The engine is rootless: its root is an ordinary user of the machine.' };
  }
  if (securityOptions.some((text) => text.includes('userns'))) {
    return {
      status: 'warn',
      reason:
        "The engine shifts users (userns-remap), so the owner of your files is somebody else in an overlay, and the sandbox's tools could not write there.",
      fix: 'Set airlock.strategy to "copy", which this does not concern.',
    };
  }
  return {
    status: 'ok',
    reason:
      'They are not shifted: root of a container would be root of the machine. Nothing in a sandbox runs as root or can become it. A rootless engine would be one layer more.',
  };
});

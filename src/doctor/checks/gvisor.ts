import { onEngine } from './on-engine.js';

/** Whether gVisor is there: for information, since no session needs it. */
export const gvisorCheck = onEngine('gvisor', 'gVisor', ({ runtimes }) => {
  const names = runtimes.filter((name) => /^runsc/.test(name));
  if (names.length > 0) {
    return {
      status: 'ok',
      reason: `It is registered as ${names.join(', ')}. The engine does not say which version, so its known vulnerabilities are not looked up.`,
    };
  }
  return {
    status: 'ok',
    reason:
      'It is not registered with the engine, and nothing needs it. It would keep an agent from the kernel itself (https://gvisor.dev/docs/).',
  };
});

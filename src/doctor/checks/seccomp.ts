import { onEngine } from './on-engine.js';

/** Whether the engine's filter of system calls is on: without it a sandbox reaches the whole kernel. */
export const seccompCheck = onEngine('seccomp', 'Seccomp', ({ seccomp, securityOptions }) => {
  const fix =
    'Use a kernel and an engine with seccomp, and leave "seccomp-profile" out of daemon.json, or name a profile there.';
  if (!seccomp) {
    return {
      status: 'fail',
      reason: 'The engine has no seccomp, so an agent could make every system call of the kernel.',
      fix,
    };
  }
  const option = securityOptions.find((text) => text.includes('seccomp')) ?? '';
  const profile = /profile=([^,]*)/.exec(option)?.[1] ?? 'default';
  if (profile === 'unconfined') {
    return {
      status: 'fail',
      reason:
        'The engine is set up to filter nothing, so an agent could make every system call of the kernel.',
      fix,
    };
  }
  if (profile === 'default' || profile === 'builtin') {
    return { status: 'ok', reason: "The engine's own profile filters what a sandbox may ask of the kernel." };
  }
  return {
    status: 'warn',
    reason: `The engine filters by a profile of its administrator's (${profile}), which may allow more than its own one.`,
    fix: 'See what the profile allows, or leave "seccomp-profile" out of daemon.json.',
  };
});

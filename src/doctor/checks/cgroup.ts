import { onEngine } from './on-engine.js';

/** Whether the engine can hold a sandbox to its limits. */
export const cgroupCheck = onEngine('cgroup', 'Cgroups', ({ cgroupVersion, missingLimits, rootless }) => {
  if (missingLimits.length > 0) {
    return {
      status: 'fail',
      reason: `The engine cannot limit ${missingLimits.join(', ')}: an agent could use up the machine, and sessions whose limits are not set as asked for are refused.`,
      fix: rootless
        ? "Delegate the controllers to your user (systemd, cgroup version 2; see the engine's page on rootless mode)."
        : 'Enable these cgroup controllers in the kernel, or switch to cgroup version 2.',
    };
  }
  if (cgroupVersion === '2') return { status: 'ok', reason: 'Version 2; all limits can be set.' };
  return {
    status: 'warn',
    reason: 'Version 1. The limits hold, but engines and runtimes are about to drop it.',
    fix: 'Boot with cgroup version 2 (`systemd.unified_cgroup_hierarchy=1`), the default of current distributions.',
  };
});

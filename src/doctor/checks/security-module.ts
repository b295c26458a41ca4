import { onEngine } from './on-engine.js';

/** Whether the kernel confines containers by AppArmor or SELinux, behind everything else. */
export const securityModuleCheck = onEngine('security-module', 'AppArmor, SELinux', ({ securityOptions }) => {
  const names = [
    ...(securityOptions.some((text) => text.includes('apparmor')) ? ['AppArmor'] : []),
    ...(securityOptions.some((text) => text.includes('selinux')) ? ['SELinux'] : []),
  ];
  if (names.length > 0) return { status: 'ok', reason: `${names.join(' and ')} confines containers.` };
  return {
    status: 'warn',
    reason:
      'The engine uses neither. Sandboxes still have no capability, no network and filtered system calls, but one layer less stands behind these.',
    fix: 'Enable AppArmor (Debian, Ubuntu, SUSE) or SELinux (Fedora, RHEL) on the machine and restart the engine.',
  };
});

import type { Check } from '../check.js';
import { containerdAdvisoriesCheck, engineAdvisoriesCheck, runcAdvisoriesCheck } from './advisories.js';
import { cgroupCheck } from './cgroup.js';
import { engineDiskCheck, stateDiskCheck } from './disk.js';
import { engineCheck } from './engine.js';
import { gvisorCheck } from './gvisor.js';
import { imageCheck, registryCheck } from './image.js';
import { overlayCheck } from './overlay.js';
import { runtimesCheck } from './runtimes.js';
import { seccompCheck } from './seccomp.js';
import { securityModuleCheck } from './security-module.js';
import { storageDriverCheck } from './storage-driver.js';
import { usernsCheck } from './userns.js';
import { versionCheck } from './version.js';
import { workspaceCheck } from './workspace.js';

/** Every check, in the order that it is told in. */
export const checks: readonly Check[] = [
  engineCheck,
  versionCheck,
  runtimesCheck,
  gvisorCheck,
  storageDriverCheck,
  cgroupCheck,
  seccompCheck,
  securityModuleCheck,
  usernsCheck,
  engineAdvisoriesCheck,
  containerdAdvisoriesCheck,
  runcAdvisoriesCheck,
  workspaceCheck,
  overlayCheck,
  stateDiskCheck,
  engineDiskCheck,
  imageCheck,
  registryCheck,
];

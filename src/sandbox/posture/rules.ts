import type { ContainerRule, EngineRule, ExecRule } from './rule.js';
import { appArmor } from './rules/app-armor.js';
import { autoRemove } from './rules/auto-remove.js';
import { bindSources } from './rules/bind-sources.js';
import { bindsReadOnly } from './rules/binds-read-only.js';
import { capabilitiesAdded } from './rules/capabilities-added.js';
import { capabilitiesDropped } from './rules/capabilities-dropped.js';
import { cgroupParent } from './rules/cgroup-parent.js';
import { command } from './rules/command.js';
import { cpu } from './rules/cpu.js';
import { deviceRequests } from './rules/device-requests.js';
import { deviceRules } from './rules/device-rules.js';
import { devices } from './rules/devices.js';
import { dns } from './rules/dns.js';
import { engineSeccomp } from './rules/engine-seccomp.js';
import { engineSocket } from './rules/engine-socket.js';
import { entrypoint } from './rules/entrypoint.js';
import { environment } from './rules/environment.js';
import { execNonRoot } from './rules/exec-non-root.js';
import { execPrivileged } from './rules/exec-privileged.js';
import { exposedPorts } from './rules/exposed-ports.js';
import { extraHosts } from './rules/extra-hosts.js';
import { healthCheck } from './rules/health-check.js';
import { hostname } from './rules/hostname.js';
import { image } from './rules/image.js';
import { imagePinned } from './rules/image-pinned.js';
import { imageVolumes } from './rules/image-volumes.js';
import { init } from './rules/init.js';
import { ipcNamespace } from './rules/ipc-namespace.js';
import { labels } from './rules/labels.js';
import { links } from './rules/links.js';
import { logDriver } from './rules/log-driver.js';
import { maskedPaths } from './rules/masked-paths.js';
import { memory } from './rules/memory.js';
import { mountPropagation } from './rules/mount-propagation.js';
import { mountTargets } from './rules/mount-targets.js';
import { mounts } from './rules/mounts.js';
import { networkMode } from './rules/network-mode.js';
import { networks } from './rules/networks.js';
import { noNewPrivileges } from './rules/no-new-privileges.js';
import { noSetuid } from './rules/no-setuid.js';
import { nonRootUser } from './rules/non-root-user.js';
import { oomKill } from './rules/oom-kill.js';
import { oomScore } from './rules/oom-score.js';
import { otherMounts } from './rules/other-mounts.js';
import { pidNamespace } from './rules/pid-namespace.js';
import { privileged } from './rules/privileged.js';
import { processes } from './rules/processes.js';
import { publishedPorts } from './rules/published-ports.js';
import { readOnlyPaths } from './rules/read-only-paths.js';
import { readOnlyRoot } from './rules/read-only-root.js';
import { restartPolicy } from './rules/restart-policy.js';
import { runtime } from './rules/runtime.js';
import { seccomp } from './rules/seccomp.js';
import { secretsInEnvironment } from './rules/secrets-in-environment.js';
import { securityOptions } from './rules/security-options.js';
import { selinux } from './rules/selinux.js';
import { sensitivePaths } from './rules/sensitive-paths.js';
import { sharedCgroup } from './rules/shared-cgroup.js';
import { sharedMemory } from './rules/shared-memory.js';
import { stdin } from './rules/stdin.js';
import { stopSignal } from './rules/stop-signal.js';
import { storageOptions } from './rules/storage-options.js';
import { supplementalGroups } from './rules/supplemental-groups.js';
import { swap } from './rules/swap.js';
import { sysctls } from './rules/sysctls.js';
import { tmpfs } from './rules/tmpfs.js';
import { tmpfsSize } from './rules/tmpfs-size.js';
import { ulimits } from './rules/ulimits.js';
import { userNamespace } from './rules/user-namespace.js';
import { utsNamespace } from './rules/uts-namespace.js';
import { workingDirectory } from './rules/working-directory.js';

/** Every rule for a container; the order is the one in which findings are told. */
export const containerRules: readonly ContainerRule[] = [
  nonRootUser,
  noSetuid,
  appArmor,
  selinux,
  capabilitiesDropped,
  capabilitiesAdded,
  privileged,
  sensitivePaths,
  publishedPorts,
  exposedPorts,
  networkMode,
  memory,
  cpu,
  readOnlyRoot,
  restartPolicy,
  pidNamespace,
  ipcNamespace,
  devices,
  ulimits,
  mountPropagation,
  utsNamespace,
  seccomp,
  cgroupParent,
  noNewPrivileges,
  healthCheck,
  imagePinned,
  processes,
  networks,
  userNamespace,
  engineSocket,
  swap,
  secretsInEnvironment,
  bindsReadOnly,
  supplementalGroups,
  sysctls,
  maskedPaths,
  readOnlyPaths,
  image,
  entrypoint,
  command,
  workingDirectory,
  hostname,
  init,
  environment,
  labels,
  stopSignal,
  stdin,
  runtime,
  logDriver,
  autoRemove,
  mounts,
  mountTargets,
  bindSources,
  otherMounts,
  imageVolumes,
  tmpfs,
  tmpfsSize,
  storageOptions,
  extraHosts,
  dns,
  links,
  deviceRequests,
  deviceRules,
  securityOptions,
  sharedMemory,
  oomKill,
  oomScore,
  sharedCgroup,
];

/** Every rule for a further program in a running container. */
export const execRules: readonly ExecRule[] = [execNonRoot, execPrivileged];

/** Every rule for the engine itself. */
export const engineRules: readonly EngineRule[] = [engineSeccomp];

import type { EngineInfo } from '../../sandbox/engine.js';
import type { SandboxLimits } from '../../sandbox/spec.js';
import type { SessionLimits } from '../api.js';

const MB = 1024 * 1024;

/** The user's limits in the engine's units, never more than the machine has. */
export function sandboxLimits(limits: SessionLimits, engine: Pick<EngineInfo, 'cpus'>): SandboxLimits {
  const memoryBytes = limits.memoryMb * MB;
  return {
    memoryBytes,
    memorySwapBytes: memoryBytes,
    nanoCpus: Math.round(Math.min(limits.cpus, engine.cpus) * 1e9),
    pids: limits.pids,
    openFiles: 16_384,
    fileBytes: 2048 * MB,
    // tmpfs pages count as the container's memory, so these are shares of it.
    tmpBytes: Math.floor(memoryBytes / 4),
    homeBytes: Math.floor(memoryBytes / 4),
  };
}

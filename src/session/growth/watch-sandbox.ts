import type { DisposableScope } from '../../base/disposables.js';
import { errors } from '../../base/errors.js';
import { upperDirOf } from '../../workspace/view/overlay.js';
import type { ToolRequest } from '../roads/bridge-server.js';
import type { StartedContainer } from '../sandbox/start-sandbox.js';
import type { SessionParts } from '../session-parts.js';
import { type Growing, GrowthWatch, measureDisk } from './growth-watch.js';
import { judgeGrowth } from './judge-growth.js';

const MB = 1024 * 1024;

/**
 * The signal is aborted when the sandbox has taken too much of the disk. Rejects when there is too little to begin
 * with. A volume of the engine's (`copy`) cannot be looked into from here: there only the free space counts.
 */
export async function watchSandbox(
  { dir, request, options }: Pick<SessionParts, 'dir' | 'request' | 'options'>,
  container: Pick<StartedContainer, 'engine' | 'strategy'>,
  scope: DisposableScope,
): Promise<AbortSignal> {
  const { workspaceMb, workspaceFiles, freeDiskMb } = request.limits;
  const limits = { bytes: workspaceMb * MB, entries: workspaceFiles, floorBytes: freeDiskMb * MB };
  const growing = listGrowing(dir, container);
  for (const disk of growing.disks) {
    const excess = judgeGrowth(await measureDisk(disk), limits);
    if (excess !== undefined) throw errors.sandboxFull(excess.reason, excess.setting);
  }
  const watch = new GrowthWatch(growing, limits, options.logger);
  await scope.add(() => watch.end());
  return watch.exceeded;
}

/** The call, ended also by the signal. */
export function endedBy(signal: AbortSignal, call: ToolRequest): ToolRequest {
  const { tool, body } = call;
  return { tool, body, signal: AbortSignal.any([call.signal, signal]), respond: () => call.respond() };
}

function listGrowing(
  dir: string,
  { engine, strategy }: Pick<StartedContainer, 'engine' | 'strategy'>,
): Growing {
  if (strategy === 'overlay') return { tree: upperDirOf(dir), disks: [dir] };
  return { tree: undefined, disks: engine.storageDir === undefined ? [] : [engine.storageDir] };
}

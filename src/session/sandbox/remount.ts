import { withDeadline } from '../../base/deadline.js';
import { errors } from '../../base/errors.js';
import { containerName, remountSpec } from '../../sandbox/build-spec.js';
import type { SandboxEngine } from '../../sandbox/engine.js';
import { requirePosture } from '../../sandbox/posture/check-posture.js';

const REMOUNT_MS = 30_000;

/**
 * Mounts and unmounts a session's workspace volume once, by a container that does nothing: the kernel then
 * removes what it keeps in an overlay's work directory, which a host that is not root cannot.
 */
export async function remountVolume(
  engine: SandboxEngine,
  image: string,
  sessionId: string,
  labels: Readonly<Record<string, string>>,
): Promise<void> {
  const spec = remountSpec(`${containerName(sessionId)}-remount`, image, sessionId, labels);
  const id = await engine.createContainer(spec);
  try {
    requirePosture({ stage: 'made', asked: spec, container: await engine.inspect(id) });
    await engine.start(id);
    await withDeadline(
      REMOUNT_MS,
      () => errors.engineTimeout('wait', REMOUNT_MS),
      () => engine.wait(id),
    );
  } finally {
    await engine.removeContainer(id);
  }
}

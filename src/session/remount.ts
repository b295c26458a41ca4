import { containerName, remountSpec } from '../sandbox/build-spec.js';
import type { SandboxEngine } from '../sandbox/engine.js';

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
  const id = await engine.createContainer(
    remountSpec(`${containerName(sessionId)}-remount`, image, sessionId, labels),
  );
  try {
    await engine.start(id);
    await engine.wait(id);
  } finally {
    await engine.removeContainer(id);
  }
}

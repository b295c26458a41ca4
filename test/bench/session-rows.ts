import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createSessionId } from '../../src/base/ids.js';
import { buildSpec, volumeName } from '../../src/sandbox/build-spec.js';
import { SandboxImage } from '../../src/sandbox/image.js';
import { sandboxLimits } from '../../src/session/sandbox/sandbox-limits.js';
import { inspectWorkspace } from '../../src/workspace/view/inspect-workspace.js';
import { prepareOverlay, removeOverlayDirs } from '../../src/workspace/view/overlay.js';
import type { Fixture } from './fixture.js';
import { median, pair, type Row, row } from './measure.js';

const RUNS = 15;

/** How long until a session can take work: beside the engine's own part of it, and beside an empty workspace. */
export async function measureSessions(
  fixture: Fixture,
  empty: string,
  large: string,
): Promise<readonly Row[]> {
  const bare = await bareStart(fixture, empty);
  const tests: number[] = [];
  const start = await pair(RUNS, () => sessionReady(fixture, empty, tests), bare);
  const selfTest = median(tests);
  const size = await pair(
    RUNS,
    () => sessionReady(fixture, large),
    () => sessionReady(fixture, empty),
  );
  return [
    row('session ready ÷ bare create+start of the same container', start, 'ms', RUNS, {
      of: 'ratio',
      value: 1.5,
    }),
    row('self-test before a session is ready', { ours: selfTest, against: 60 }, 'ms', RUNS, {
      of: 'ours',
      value: 60,
    }),
    row('session ready, 200,000 files ÷ empty workspace (overlay)', size, 'ms', RUNS, {
      of: 'ratio',
      value: 1.1,
    }),
  ];
}

async function sessionReady(fixture: Fixture, workspace: string, tests: number[] = []): Promise<number> {
  const began = performance.now();
  const session = await fixture.host.start(fixture.request(workspace));
  const ready = await new Promise<number>((resolve, reject) => {
    session.onEvent((event) => {
      if (event.type === 'self-test' && event.principal === 'agent') tests.push(event.ms);
      if (event.type === 'phase' && event.phase === 'ready') resolve(performance.now() - began);
      if (event.type === 'phase' && event.phase === 'done')
        reject(new Error('the session ended before it was ready'));
    });
  });
  await session.stop();
  return ready;
}

/** The container of a session, its overlay volume included: create and start through the engine's API alone. */
async function bareStart(
  { engine, request, stateDir }: Fixture,
  workspace: string,
): Promise<() => Promise<number>> {
  const info = await engine.probe();
  const image = await new SandboxImage(engine, { installDir: process.cwd(), version: 'bench' }).ensure(
    () => undefined,
    new AbortController().signal,
  );
  return async () => {
    const id = createSessionId();
    const dir = join(stateDir, 'bare', id);
    await mkdir(dir, { recursive: true });
    const overlay = await prepareOverlay(dir, await inspectWorkspace(workspace, dir));
    const volume = volumeName(id);
    await engine.createVolume({ name: volume, labels: {}, options: overlay.volumeOptions });
    const spec = buildSpec({
      sessionId: id,
      owner: 'bench:0:0',
      version: 'bench',
      image,
      env: [],
      runtime: undefined,
      runnerUid: overlay.runnerUid,
      runnerGid: overlay.runnerGid,
      limits: sandboxLimits(request(workspace).limits, info),
      mounts: [
        { kind: 'volume', name: volume, target: '/workspace', readOnly: false, seedFromImage: false },
        { kind: 'bind', source: overlay.upperDir, target: '/run/airlock/upper', readOnly: true },
      ],
    });
    const began = performance.now();
    const container = await engine.createContainer(spec);
    await engine.start(container);
    const ms = performance.now() - began;
    await engine.removeContainer(container);
    await engine.removeVolume(volume);
    await removeOverlayDirs(dir);
    return ms;
  };
}

import { chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DisposableScope } from '../../src/base/disposables.js';
import { createSessionId } from '../../src/base/ids.js';
import { silentLogger } from '../../src/base/logger.js';
import { currentOwner } from '../../src/base/owner.js';
import { loadPreset } from '../../src/policy/presets/index.js';
import { DockerEngine } from '../../src/sandbox/docker/docker-engine.js';
import { SandboxImage } from '../../src/sandbox/image.js';
import { defaultLimits, type RunRequest, type SandboxHost } from '../../src/session/api.js';
import { createSandboxHost } from '../../src/session/host.js';
import {
  type Sandbox,
  type StartOptions,
  startContainer,
  startProxy,
} from '../../src/session/sandbox/start-sandbox.js';
import { openWorkspaceView, type WorkspaceView } from '../../src/session/sandbox/workspace-view.js';
import { createSessionFiles } from '../../src/session/stale/session-files.js';
import { createReview, type WorkspaceReview } from '../../src/workspace/review/review.js';
import { type ModelServer, startModelServer } from '../model-server/server.js';

const FILES_IN_A_FOLDER = 50;
const installDir = resolve('.');

export interface Fixture {
  readonly dir: string;
  readonly stateDir: string;
  readonly engine: DockerEngine;
  readonly host: SandboxHost;
  readonly model: ModelServer;
  /** A workspace with so many files, owned by an ordinary user. */
  makeWorkspace(name: string, files: number): Promise<string>;
  request(workspace: string): RunRequest;
  dispose(): Promise<void>;
}

export async function openFixture(): Promise<Fixture> {
  const dir = await mkdtemp(join(tmpdir(), 'airlock-bench-'));
  const stateDir = join(dir, 'state');
  const model = await startModelServer({ script: [[{ hang: true }]] });
  const host = createSandboxHost({
    stateDir,
    installDir,
    version: 'bench',
    key: async () => 'bench-key',
    logger: silentLogger,
    confirm: async () => ({ kind: 'deny' }),
  });
  return {
    dir,
    stateDir,
    engine: new DockerEngine(),
    host,
    model,
    makeWorkspace: (name, files) => makeWorkspace(join(dir, name), files),
    request: (workspace) => ({
      workspace,
      prompt: 'bench',
      agent: { id: 'builtin' },
      provider: 'anthropic',
      model: 'scripted',
      modelUrl: model.url,
      strategy: 'overlay',
      preset: 'unrestricted-in-sandbox',
      limits: defaultLimits,
      mask: [],
    }),
    dispose: async () => {
      await host.dispose();
      await model.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function makeWorkspace(root: string, files: number): Promise<string> {
  const owner = process.getuid?.() === 0 ? 1000 : undefined;
  const give = (path: string) => (owner === undefined ? Promise.resolve() : chown(path, owner, owner));
  await mkdir(root);
  await give(root);
  const folders = Math.ceil(files / FILES_IN_A_FOLDER);
  for (let index = 0; index < folders; index += 1) {
    const folder = join(root, `part-${Math.floor(index / 64)}`, `dir-${index}`);
    await mkdir(folder, { recursive: true });
    await Promise.all([give(join(root, `part-${Math.floor(index / 64)}`)), give(folder)]);
    const count = Math.min(FILES_IN_A_FOLDER, files - index * FILES_IN_A_FOLDER);
    await Promise.all(
      Array.from({ length: count }, async (_, file) => {
        const path = join(folder, `file-${file}.txt`);
        await writeFile(path, `content ${index}/${file}\n`);
        await give(path);
      }),
    );
  }
  return root;
}

export interface OpenSandbox {
  readonly sandbox: Sandbox;
  readonly view: WorkspaceView;
  readonly review: WorkspaceReview;
  readonly container: string;
  dispose(): Promise<void>;
}

/** A sandbox without an agent, to be worked from the host. */
export async function openSandbox(fixture: Fixture, workspace: string): Promise<OpenSandbox> {
  const id = createSessionId();
  const request = fixture.request(workspace);
  const owner = currentOwner();
  const files = await createSessionFiles(fixture.stateDir, id, owner);
  const review = await createReview(
    { dir: files.dir, stateDir: fixture.stateDir },
    {
      sessionId: id,
      workspace,
      createdAt: Date.now(),
      prompt: '',
    },
  );
  const scope = new DisposableScope();
  const { signal } = new AbortController();
  const view = openWorkspaceView({ request, dir: files.dir, review, signal });
  const options: StartOptions = {
    engine: fixture.engine,
    request,
    sessionId: id,
    sessionDir: files.dir,
    image: new SandboxImage(fixture.engine, { installDir, version: 'bench' }),
    probe: () => fixture.engine.probe(),
    version: 'bench',
    owner,
    policy: loadPreset(request.preset),
    agentImage: undefined,
    agent: { kind: 'builtin', provider: 'anthropic', model: 'scripted' },
    logger: silentLogger,
    onPhase: () => undefined,
    signal,
    scope,
  };
  const sandbox = await startProxy(options, await startContainer(options));
  await view.hideSecrets(sandbox);
  return { sandbox, view, review, container: `airlock-${id}`, dispose: () => scope.dispose() };
}

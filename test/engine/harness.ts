import assert from 'node:assert/strict';
import { chown, cp, lstat, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Logger } from '../../src/base/logger.js';
import type { BuildNetwork } from '../../src/sandbox/agent-image.js';
import { DockerEngine } from '../../src/sandbox/docker/docker-engine.js';
import { labels, PRODUCT } from '../../src/sandbox/labels.js';
import {
  defaultLimits,
  type EditorModels,
  type RunningSession,
  type RunRequest,
  type SandboxHost,
} from '../../src/session/api.js';
import type { SessionEvent } from '../../src/session/events.js';
import { createSandboxHost } from '../../src/session/host.js';
import type { ApprovalStore, Confirm } from '../../src/session/questions/question.js';
import type { ScriptInput } from '../model-server/script.js';
import { type ModelServer, startModelServer } from '../model-server/server.js';

export const KEY = 'test-key-canary-7c1f';
export const installDir = resolve('.');

export interface Bench {
  readonly dir: string;
  readonly workspace: string;
  readonly stateDir: string;
  readonly model: ModelServer;
  readonly host: SandboxHost;
  readonly engine: DockerEngine;
  readonly log: string[];
  request(changes?: Partial<RunRequest>): RunRequest;
  dispose(): Promise<void>;
}

export interface BenchOptions {
  readonly script: ScriptInput;
  /** Folder that the workspace is a copy of; empty without. */
  readonly fixture?: string;
  /** The user; without one, every question is denied. */
  readonly confirm?: Confirm;
  readonly approvals?: ApprovalStore;
  readonly network?: BuildNetwork;
  readonly editorModels?: EditorModels;
  /** Docker itself when left out. */
  readonly engine?: DockerEngine;
}

/** A workspace owned by an ordinary user, a scripted model and a host on the real engine. */
export async function openBench({
  script,
  fixture,
  confirm,
  approvals,
  network,
  editorModels,
  engine = new DockerEngine(),
}: BenchOptions): Promise<Bench> {
  const dir = await mkdtemp(join(tmpdir(), 'airlock-engine-'));
  const workspace = join(dir, 'workspace');
  const stateDir = join(dir, 'state');
  await mkdir(workspace);
  if (fixture !== undefined) await cp(fixture, workspace, { recursive: true });
  await giveToUser(workspace);
  const model = await startModelServer({
    script,
    expectKey: KEY,
    ...(network === undefined ? {} : { forAgents: true }),
  });
  const log: string[] = [];
  const host = createSandboxHost(
    {
      stateDir,
      installDir,
      version: '0.0.0-test',
      key: async () => KEY,
      logger: collectLog(log),
      confirm: confirm ?? (async () => ({ kind: 'deny' })),
      ...(approvals === undefined ? {} : { approvals }),
      ...(editorModels === undefined ? {} : { editorModels }),
    },
    engine,
  );
  return {
    dir,
    workspace,
    stateDir,
    model,
    host,
    engine,
    log,
    request: (changes = {}) => ({
      workspace,
      prompt: 'Do the work.',
      agent: { id: 'builtin' },
      ...(network === undefined ? {} : { network }),
      provider: 'anthropic',
      model: 'scripted',
      modelUrl: model.url,
      strategy: 'auto',
      preset: 'developer',
      limits: { ...defaultLimits, memoryMb: 512, sessionSeconds: 120 },
      mask: [],
      ...changes,
    }),
    dispose: async () => {
      await host.dispose();
      await model.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Owner of the workspaces here, and so the uid of the tool proxy. */
export const ownerId = process.getuid?.() === 0 ? 1000 : (process.getuid?.() ?? 1000);

/** As root, a workspace must belong to somebody else, as it does on a user's machine. */
export async function giveToUser(path: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  await chown(path, 1000, 1000);
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) await giveToUser(child);
    else if (entry.isFile()) await chown(child, 1000, 1000);
  }
}

/** A session whose agent waits for its model: what else happens in its container is the test's own doing. */
export async function startHanging(bench: Bench, changes: Partial<RunRequest> = {}): Promise<RunningSession> {
  const session = await bench.host.start(bench.request(changes));
  await waitFor('the agent to ask its model', () => bench.model.requests.length > 0);
  return session;
}

export function collectEvents(session: RunningSession): SessionEvent[] {
  const events: SessionEvent[] = [];
  session.onEvent((event) => events.push(event));
  return events;
}

export async function waitFor(
  what: string,
  condition: () => boolean | Promise<boolean>,
  ms = 20_000,
): Promise<void> {
  const end = Date.now() + ms;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`gave up waiting for: ${what}`);
    await new Promise((done) => setTimeout(done, 25));
  }
}

/** Containers and volumes of the session, and its overlay folder: all must be gone after it. */
export async function assertNothingLeft(bench: Bench, sessionId: string): Promise<void> {
  const owned = await bench.engine.listOwned({ [labels.product]: PRODUCT, [labels.session]: sessionId });
  assert.deepEqual(owned, []);
  const names = await readdir(join(bench.stateDir, 'sessions', sessionId));
  assert.ok(!names.includes('overlay'), names.join(', '));
}

export async function readAudit(bench: Bench, sessionId: string): Promise<Record<string, unknown>[]> {
  const text = await readFile(join(bench.stateDir, 'audit', `${sessionId}.jsonl`), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

export async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

function collectLog(log: string[]): Logger {
  const add = (level: string) => (message: string, cause?: unknown) =>
    void log.push(`${level} ${message}${cause instanceof Error ? ` (${cause.stack})` : ''}`);
  return { debug: add('debug'), info: add('info'), warn: add('warn'), error: add('error') };
}

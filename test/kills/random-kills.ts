import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import Docker from 'dockerode';
import { silentLogger } from '../../src/base/logger.js';
import { AGENT_ID, RUNNER_ID } from '../../src/sandbox/build-spec.js';
import { DockerEngine } from '../../src/sandbox/docker/docker-engine.js';
import { SandboxImage } from '../../src/sandbox/image.js';
import { labels, PRODUCT } from '../../src/sandbox/labels.js';
import type { SandboxHost } from '../../src/session/api.js';
import { createSandboxHost } from '../../src/session/host.js';
import { shownKeys } from '../../src/workspace/review/shown-keys.js';
import { type ModelServer, startModelServer } from '../model-server/server.js';
import { type OwnEngine, startOwnEngine } from './own-engine.js';

export const kinds = ['window', 'cli', 'container', 'bridge', 'tool proxy', 'engine'] as const;
export type Kind = (typeof kinds)[number];

/** What was found after one kill; every list must be empty. */
export interface KillResult {
  readonly kind: Kind;
  /** The last phase that was told before it. */
  readonly phase: string;
  readonly orphans: readonly string[];
  readonly lost: readonly string[];
  /** Only where the session's own process lived on: it did not end, or did not say why. */
  readonly unnamed: readonly string[];
  readonly captured: number;
  readonly reconcileMs: number;
}

const FILES = 4;
const SCRIPT = [
  ...Array.from({ length: FILES }, (_, index) => [
    { delayMs: 60, tool: 'write_file', input: { path: `new-${index}.txt`, content: contentOf(index) } },
  ]),
  [{ tool: 'run_command', input: { command: 'sleep 0.2' } }],
  [{ text: 'Done.' }],
];
/** About as long as such a session takes, its process's own start included, ms. */
const SESSION_MS = 2_500;
// The longest wait of a session for its engine, twice: for an answer, and for the removal.
const END_MS = 120_000;
const KEY = 'kills-key';
const installDir = resolve('.');

function contentOf(index: number): string {
  return `captured ${index}\n`;
}

/** Numbers from 0 to 1 that depend on the seed alone (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Starts sessions, kills something at a random moment of each, and looks at what is left. */
export class KillBench {
  readonly #dir: string;
  readonly #engine: OwnEngine;
  readonly #model: ModelServer;
  readonly #keyFile: string;

  private constructor(dir: string, engine: OwnEngine, model: ModelServer) {
    this.#dir = dir;
    this.#engine = engine;
    this.#model = model;
    this.#keyFile = join(dir, 'key');
  }

  static async open(): Promise<KillBench> {
    const shared = new SandboxImage(new DockerEngine(), { installDir, version: 'kills' });
    await shared.ensure(() => undefined, new AbortController().signal);
    const { sandbox } = await shared.status();
    const dir = await mkdtemp(join(tmpdir(), 'airlock-kills-'));
    const model = await startModelServer({ script: SCRIPT, expectKey: KEY });
    const engine = await startOwnEngine(sandbox.tag);
    const bench = new KillBench(dir, engine, model);
    await writeFile(bench.#keyFile, KEY);
    return bench;
  }

  async dispose(): Promise<void> {
    await this.#model.close();
    await this.#engine.dispose();
    await rm(this.#dir, { recursive: true, force: true });
  }

  /** One session and one kill; again with another moment when the session was over before it. */
  async kill(kind: Kind, random: () => number): Promise<KillResult> {
    for (;;) {
      const result = await this.#attempt(kind, random() * SESSION_MS);
      if (result !== undefined) return result;
    }
  }

  async #attempt(kind: Kind, afterMs: number): Promise<KillResult | undefined> {
    const run = await this.#start(kind === 'cli');
    await within(afterMs, run.ended);
    const { phase } = run;
    const struck = run.isOver() ? false : await this.#strike(kind, run);
    await within(END_MS, run.ended);
    const unnamed = run.isOver() ? run.unnamed(kind) : ['it did not end'];
    if (!run.isOver()) run.child.kill('SIGKILL');
    await run.ended;
    if (kind === 'engine') await this.#restart();
    const result = struck ? { kind, phase, unnamed, ...(await this.#inspect(run)) } : undefined;
    await rm(run.dir, { recursive: true, force: true });
    return result;
  }

  async #start(isCli: boolean): Promise<Run> {
    const dir = await mkdtemp(join(this.#dir, 'run-'));
    const [workspace, stateDir] = [join(dir, 'workspace'), join(dir, 'state')];
    await mkdir(workspace);
    if (process.getuid?.() === 0) await chown(workspace, RUNNER_ID, RUNNER_ID);
    const { url } = this.#model;
    const args = isCli
      ? [
          ...['dist/cli.js', 'run', '--workspace', workspace, '--prompt', 'x', '--json'],
          ...['--model-url', url, '--key-file', this.#keyFile, '--state-dir', stateDir],
          ...['--preset', 'unrestricted-in-sandbox'],
        ]
      : [
          'out/kill-driver.js',
          JSON.stringify({ workspace, stateDir, modelUrl: url, keyFile: this.#keyFile }),
        ];
    const child = spawn(process.execPath, args, {
      cwd: installDir,
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, DOCKER_HOST: `unix://${this.#engine.socket}` },
    });
    return new Run(dir, child);
  }

  /** False when there was nothing to kill any more. */
  async #strike(kind: Kind, run: Run): Promise<boolean> {
    if (kind === 'window' || kind === 'cli') return run.child.kill('SIGKILL');
    if (kind === 'engine') {
      await this.#engine.kill();
      return true;
    }
    const id = await this.#findContainer(run);
    if (id === undefined) return false;
    const container = this.#engine.docker.getContainer(id);
    if (kind === 'container') return succeeds(container.kill());
    // Whoever is that user may kill all of its processes, and nobody else's.
    const user = kind === 'bridge' ? AGENT_ID : RUNNER_ID;
    return succeeds(
      container
        .exec({ User: `${user}:${user}`, Cmd: ['/bin/sh', '-c', 'kill -9 -1'], AttachStdout: true })
        .then((exec) => exec.start({}))
        .then(async (stream) => {
          stream.resume();
          await within(2_000, Promise.race([once(stream, 'close'), once(stream, 'end')]));
        }),
    );
  }

  async #findContainer(run: Run): Promise<string | undefined> {
    while (!run.isOver()) {
      const found = await this.#engine.docker
        .listContainers({ filters: { label: [`${labels.product}=${PRODUCT}`], status: ['running'] } })
        .catch((): Docker.ContainerInfo[] => []);
      const ids = await readdir(join(run.dir, 'state', 'sessions')).catch((): string[] => []);
      const own = found.find(({ Labels }) => ids.includes(Labels[labels.session] ?? ''));
      if (own !== undefined) return own.Id;
      await delay(10);
    }
    return undefined;
  }

  async #restart(): Promise<void> {
    await this.#engine.kill();
    await this.#engine.start();
  }

  async #inspect(run: Run): Promise<Omit<KillResult, 'kind' | 'phase' | 'unnamed'>> {
    const stateDir = join(run.dir, 'state');
    const workspace = join(run.dir, 'workspace');
    const expected = new Set([...run.captured, ...(await readStored(stateDir))]);
    const host = this.#openHost(stateDir);
    const began = performance.now();
    const { failures } = await host.reconcile();
    const reconcileMs = performance.now() - began;
    try {
      const orphans = [...failures.map(({ message }) => message), ...(await this.#findOrphans(stateDir))];
      const lost = await findLost(host, workspace, expected);
      return { orphans, lost, captured: expected.size, reconcileMs };
    } finally {
      await host.dispose();
    }
  }

  #openHost(stateDir: string): SandboxHost {
    return createSandboxHost(
      {
        stateDir,
        installDir,
        version: 'kills',
        key: async () => undefined,
        logger: silentLogger,
        confirm: async () => ({ kind: 'deny' }),
      },
      new DockerEngine(new Docker({ socketPath: this.#engine.socket })),
    );
  }

  /** Containers and volumes of any session: there is none but ours. Then overlays, mounts and processes. */
  async #findOrphans(stateDir: string): Promise<readonly string[]> {
    const engine = new DockerEngine(new Docker({ socketPath: this.#engine.socket }));
    const owned = await engine.listOwned({ [labels.product]: PRODUCT, [labels.session]: '' });
    const sessions = await readdir(join(stateDir, 'sessions')).catch(() => []);
    const overlays = await Promise.all(
      sessions.map(async (id) => (await readdir(join(stateDir, 'sessions', id))).includes('overlay')),
    );
    const mounts = (await readFile('/proc/self/mounts', 'utf8')).split('\n');
    return [
      ...owned.map(({ kind, id }) => `${kind} ${id}`),
      ...sessions.filter((_, index) => overlays[index]).map((id) => `overlay of ${id}`),
      ...mounts.filter((line) => line.includes(stateDir)).map((line) => `mount ${line}`),
      ...(await findProcesses(stateDir)),
    ];
  }
}

/** A session's process, and what it has said. */
class Run {
  readonly dir: string;
  readonly child: ChildProcess;
  readonly captured = new Set<string>();
  readonly ended: Promise<unknown>;
  phase = 'before';
  #cause: string | undefined;
  #end: string | undefined;

  constructor(dir: string, child: ChildProcess) {
    this.dir = dir;
    this.child = child;
    this.ended = once(child, 'close');
    if (child.stdout !== null) createInterface(child.stdout).on('line', (line) => this.#read(line));
  }

  isOver(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** A session that outlived the kill says what happened, in words for its user. */
  unnamed(kind: Kind): readonly string[] {
    if (kind === 'window' || kind === 'cli' || this.#end === 'completed') return [];
    if (this.#end === undefined) return ['it ended without a word'];
    const isNamed = this.#end === 'failed' && /(sandbox|engine|container|agent)/i.test(this.#cause ?? '');
    return isNamed ? [] : [`${this.#end}: ${this.#cause ?? ''}`];
  }

  #read(line: string): void {
    const said = parse(line);
    if (said.type === 'phase' || said.phase !== undefined) this.phase = String(said.phase);
    if (Array.isArray(said.captured)) for (const path of said.captured) this.captured.add(String(path));
    if (said.end !== undefined) this.#end = String(said.end);
    if (said.cause !== undefined) this.#cause = String(said.cause);
  }
}

function parse(line: string): Record<string, unknown> {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    // Cut short by the kill.
    return {};
  }
}

/** What the review on the disk holds at this moment, from any session below the folder. */
async function readStored(stateDir: string): Promise<readonly string[]> {
  const sessions = await readdir(join(stateDir, 'sessions')).catch(() => []);
  const stored = await Promise.all(
    sessions.map(async (id) => {
      const text = await readFile(join(stateDir, 'sessions', id, 'review.json'), 'utf8').catch(() => '{}');
      const { items = [] } = JSON.parse(text) as { items?: { change: { path: string } }[] };
      return items.map(({ change }) => change.path);
    }),
  );
  return stored.flat();
}

/** Of what was captured, what is not offered, or does not land with its bytes when it is approved. */
async function findLost(
  host: SandboxHost,
  workspace: string,
  expected: ReadonlySet<string>,
): Promise<readonly string[]> {
  for (const review of await host.openReviews(workspace)) {
    await review.approveAll(shownKeys(review.list()));
  }
  const lost: string[] = [];
  for (const path of expected) {
    const index = Number(/\d+/.exec(path)?.[0]);
    const text = await readFile(join(workspace, path), 'utf8').catch(() => undefined);
    if (text !== contentOf(index)) lost.push(path);
  }
  return lost;
}

/** Processes that name the run's folder and are not ours: a session's process, or something it left. */
async function findProcesses(stateDir: string): Promise<readonly string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const lines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return lines
    .filter((line) => line.includes(stateDir))
    .map((line) => `process ${line.replaceAll('\0', ' ')}`);
}

/** Settles with the work, or after so many ms. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const late = new AbortController();
  await Promise.race([work, delay(ms, undefined, { signal: late.signal }).catch(() => undefined)]);
  late.abort();
}

async function succeeds(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}

/** The line that tests and benchmark print. */
export function describeKills(results: readonly KillResult[], seed: number): string {
  const count = (of: (result: KillResult) => number) => results.reduce((sum, result) => sum + of(result), 0);
  const times = results.map(({ reconcileMs }) => reconcileMs).sort((a, b) => a - b);
  const at = (share: number) =>
    Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0);
  const by = (key: 'kind' | 'phase') =>
    [...new Set(results.map((result) => result[key]))]
      .map((name) => `${name} ${results.filter((result) => result[key] === name).length}`)
      .join(', ');
  return [
    `kills: ${results.length} (${by('kind')}; in ${by('phase')}; seed ${seed})`,
    `${count(({ orphans }) => orphans.length)} orphans`,
    `${count(({ lost }) => lost.length)} lost of ${count(({ captured }) => captured)} captured`,
    `${count(({ unnamed }) => unnamed.length)} without a cause`,
    `reconciled in ${at(0.5)} ms (p50), ${at(0.95)} ms (p95)`,
  ].join('; ');
}

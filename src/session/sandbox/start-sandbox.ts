import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { DisposableScope } from '../../base/disposables.js';
import { AirlockError, errors } from '../../base/errors.js';
import type { Logger } from '../../base/logger.js';
import { formatOwner, type Owner } from '../../base/owner.js';
import { protectionErrors } from '../../base/protection-errors.js';
import { toVisibleText } from '../../base/visible-text.js';
import type { Policy } from '../../policy/policy.js';
import { type AgentSpec, agentVariable } from '../../protocol/bridge.js';
import type { SelfTestFacts } from '../../protocol/self-test.js';
import type { AgentImage } from '../../sandbox/agent-image.js';
import {
  buildSpec,
  containerName,
  proxyExec,
  RUNNER_ID,
  sessionLabels,
  volumeName,
} from '../../sandbox/build-spec.js';
import type { AttachedProcess, EngineInfo, SandboxEngine } from '../../sandbox/engine.js';
import type { SandboxImage } from '../../sandbox/image.js';
import { requireEnginePosture, requirePosture } from '../../sandbox/posture/check-posture.js';
import type { ContainerSpec, MountSpec } from '../../sandbox/spec.js';
import { inspectWorkspace, type WorkspaceFacts } from '../../workspace/view/inspect-workspace.js';
import { type PreparedOverlay, prepareOverlay, removeOverlayDirs } from '../../workspace/view/overlay.js';
import { chooseStrategy, type StrategyDecision } from '../../workspace/view/strategy.js';
import type { RunRequest } from '../api.js';
import type { Step } from '../life/life.js';
import { ProxyClient } from '../roads/proxy-client.js';
import { remountVolume } from './remount.js';
import { sandboxLimits } from './sandbox-limits.js';

/** How long the engine may take to say why a container ended. */
const CAUSE_MS = 2_000;
const MAX_STDERR_BYTES = 64 * 1024;

export interface StartOptions {
  readonly engine: SandboxEngine;
  readonly request: RunRequest;
  readonly sessionId: string;
  readonly sessionDir: string;
  readonly image: SandboxImage;
  /** What the engine said of itself, asked for at most once a process. */
  readonly probe: () => Promise<EngineInfo>;
  readonly version: string;
  readonly owner: Owner;
  readonly policy: Policy;
  readonly agent: AgentSpec;
  readonly agentImage: AgentImage | undefined;
  readonly logger: Logger;
  readonly onPhase: (phase: Step, detail?: string) => void;
  readonly signal: AbortSignal;
  /** Everything that is made here is undone by it. */
  readonly scope: DisposableScope;
}

/** A container whose posture was checked and whose bridge runs. */
export interface StartedContainer {
  readonly id: string;
  readonly spec: ContainerSpec;
  /** The tool proxy's user: under overlay the workspace's owner. */
  readonly runnerUid: number;
  readonly runnerGid: number;
  readonly bridge: AttachedProcess;
  readonly engine: EngineInfo;
  readonly image: string;
  readonly strategy: 'overlay' | 'copy';
  /** Why the workspace is copied although an overlay was wanted; empty otherwise. */
  readonly strategyReasons: readonly string[];
  readonly facts: WorkspaceFacts;
  /** Just before it was started, by the host's monotonic clock, ms. */
  readonly startedAt: number;
  /** Settles when the container's main program has ended, with the cause named. */
  readonly ended: Promise<string>;
}

/** A container whose tool proxy has taken its policy. The workspace of `copy` is still empty. */
export interface Sandbox extends StartedContainer {
  readonly proxy: ProxyClient;
  readonly runnerFacts: SelfTestFacts;
  /** How long the host waited for them, ms. */
  readonly runnerFactsMs: number;
}

/** From a request to a running container. */
export async function startContainer(options: StartOptions): Promise<StartedContainer> {
  const { engine, request, sessionDir, onPhase, signal, scope } = options;
  onPhase('engine');
  const [info, facts, image] = await Promise.all([
    options.probe(),
    inspectWorkspace(request.workspace, sessionDir),
    options.image.ensure((line) => onPhase('image', line), signal, options.agentImage),
  ]);
  signal.throwIfAborted();
  requireEnginePosture(info);
  requireRuntime(info, request.runtime);

  onPhase('workspace');
  const decision = decideStrategy(options, info, facts);
  const volume = volumeName(options.sessionId);
  const labels = sessionLabels(options.sessionId, formatOwner(options.owner), options.version);
  // Before anything is made: a call that times out may still have its effect. One clean-up, in this order, and none
  // of it after a failure: what a container may still write to is not walked through.
  await scope.add(async () => {
    await engine.removeContainer(containerName(options.sessionId));
    await removeOverlayDirs(sessionDir, () => remountVolume(engine, image, options.sessionId, labels));
    await engine.removeVolume(volume);
  });
  const overlay = decision.kind === 'overlay' ? await prepareOverlay(sessionDir, facts) : undefined;
  await engine.createVolume({ name: volume, labels, options: overlay?.volumeOptions ?? {} });

  onPhase('container');
  const runnerUid = overlay?.runnerUid ?? RUNNER_ID;
  const runnerGid = overlay?.runnerGid ?? RUNNER_ID;
  const spec = buildSpec({
    sessionId: options.sessionId,
    owner: formatOwner(options.owner),
    version: options.version,
    image,
    env: [`${agentVariable}=${JSON.stringify(options.agent)}`],
    runtime: request.runtime,
    seccomp: request.seccomp,
    contained: options.agent.kind === 'program' && options.agent.contained === true,
    runnerUid,
    runnerGid,
    limits: sandboxLimits(request.limits, info),
    mounts: mountsFor(volume, overlay),
  });
  const id = await engine.createContainer(spec);
  const [made, bridge] = await Promise.all([engine.inspect(id), engine.attach(id)]);
  // The engine keeps the connection of a container that was removed before it started.
  await scope.add(() => void bridge.stdio.destroy());
  requirePosture({ stage: 'made', asked: spec, container: made });
  logStderr(bridge.stderr, 'bridge', options.logger);
  const startedAt = performance.now();
  await engine.start(id);
  signal.throwIfAborted();

  return {
    id,
    spec,
    runnerUid,
    runnerGid,
    bridge,
    engine: info,
    image,
    strategy: decision.kind,
    strategyReasons: decision.kind === 'copy' ? decision.blockers.map(({ reason }) => reason) : [],
    facts,
    startedAt,
    ended: nameEnd(engine, id),
  };
}

/** Starts the tool proxy in a running container and hands it the policy snapshot. */
export async function startProxy(
  options: Pick<StartOptions, 'engine' | 'request' | 'policy' | 'logger' | 'scope'>,
  container: StartedContainer,
): Promise<Sandbox> {
  const { engine, request, policy, logger, scope } = options;
  const [program, running] = await Promise.all([
    engine.exec(container.id, proxyExec(container.runnerUid, container.runnerGid)),
    // Once more, now that it runs: an engine, or somebody with access to it, may have changed it since.
    engine.inspect(container.id),
  ]);
  requirePosture({ stage: 'running', asked: container.spec, container: running });
  logStderr(program.stderr, 'tool proxy', logger);
  const proxy = new ProxyClient(program.stdio);
  await scope.add(() => proxy.close());
  const before = performance.now();
  const { selfTest } = await proxy.init({
    strategy: container.strategy,
    policy,
    commandMs: request.limits.commandSeconds * 1000,
  });
  return { ...container, proxy, runnerFacts: selfTest, runnerFactsMs: performance.now() - before };
}

function requireRuntime({ runtimes }: EngineInfo, runtime: string | undefined): void {
  if (runtime !== undefined && !runtimes.includes(runtime))
    throw protectionErrors.runtimeMissing(runtime, runtimes);
}

function decideStrategy(
  options: StartOptions,
  info: EngineInfo,
  facts: WorkspaceFacts,
): Exclude<StrategyDecision, { kind: 'impossible' }> {
  const decision = chooseStrategy(
    {
      ...facts,
      sessionDir: options.sessionDir,
      engineLocal: info.local,
      engineRootless: info.rootless,
      runtime: options.request.runtime ?? info.defaultRuntime,
    },
    options.request.strategy,
  );
  if (decision.kind !== 'impossible') return decision;
  const reasons = decision.blockers.map(({ reason }) => reason).join('; ');
  throw errors.workspaceUnsuitable(`strategy "overlay" is not possible here: ${reasons}`);
}

function mountsFor(volume: string, overlay: PreparedOverlay | undefined): readonly MountSpec[] {
  const workspace: MountSpec = {
    kind: 'volume',
    name: volume,
    target: '/workspace',
    readOnly: false,
    seedFromImage: overlay === undefined,
  };
  if (overlay === undefined) return [workspace];
  return [
    workspace,
    { kind: 'bind', source: overlay.upperDir, target: '/run/airlock/upper', readOnly: true },
  ];
}

/** Passes on the first part of a guest program's diagnostics and reads the rest away. */
function logStderr(stderr: Readable, name: string, logger: Logger): void {
  let size = 0;
  stderr.on('data', (chunk: Buffer) => {
    if (size < MAX_STDERR_BYTES) logger.warn(`${name}: ${toVisibleText(chunk.toString('utf8').trimEnd())}`);
    size += chunk.length;
  });
  stderr.on('error', (error) => logger.debug(`${name}: stderr failed: ${error.message}`));
}

async function nameEnd(engine: SandboxEngine, id: string): Promise<string> {
  try {
    const { exitCode, oomKilled } = await engine.wait(id);
    return oomKilled ? 'it ran out of memory' : `its main program ended with status ${exitCode}`;
  } catch (error) {
    return `the engine lost it (${error instanceof Error ? error.message : String(error)})`;
  }
}

/** Rejects when one of the sandbox's two programs has ended, or its tools could not be made ready. */
export async function failWhenEnded({ ended }: StartedContainer, sandbox: Promise<Sandbox>): Promise<never> {
  const proxyEnded = sandbox.then(({ proxy }) => proxy.closed).then(() => 'its tool proxy ended');
  throw errors.guestFailed(await Promise.race([ended, proxyEnded]));
}

/**
 * What a session failed by. The bridge is the container's main program: when its road has ended, so has the
 * container, and everything else (a tool, the agent, the other road) has only failed in consequence.
 */
export async function nameCause(error: unknown, { bridge, ended }: StartedContainer): Promise<unknown> {
  // The host's own judgement, which ends the bridge.
  if (error instanceof AirlockError && ['guarantee-failed', 'guarantee-unproven'].includes(error.code))
    return error;
  const isFallout = error instanceof AirlockError && error.code === 'guest-failed';
  if (!isFallout && !bridge.stdio.readableEnded && !bridge.stdio.destroyed) return error;
  const end = await Promise.race([ended, delay(CAUSE_MS, undefined, { ref: false })]);
  return end === undefined ? error : errors.guestFailed(end, error);
}

import type { DisposableScope } from '../../base/disposables.js';
import { describeError } from '../../base/errors.js';
import type { Gateway } from '../../gateway/gateway.js';
import { planCall } from '../../policy/evaluate.js';
import { type AgentRoad, openAgentRoad } from '../agent/agent-road.js';
import type { AgentSeat, Return } from '../agent/agent-seat.js';
import { containedNotice, type SelectedAgent, selectAgent } from '../agent/select-agent.js';
import type { SilenceWatch } from '../agent/silence-watch.js';
import { tellUpdates } from '../agent/tell-updates.js';
import { ToolBroker } from '../broker/broker.js';
import { observeBroker } from '../broker/broker-observer.js';
import { createCapture } from '../capture/capture-changes.js';
import { CaptureQueue } from '../capture/capture-queue.js';
import { createCommitCapture } from '../capture/commit-capture.js';
import { endedBy, watchSandbox } from '../growth/watch-sandbox.js';
import { takeSelfTest } from '../guarantees/take-self-test.js';
import { whenAborted } from '../life/aborted.js';
import { openDesk } from '../questions/open-desk.js';
import { toStartRecord } from '../record/session-records.js';
import type { SessionReport } from '../record/session-report.js';
import type { SessionParts } from '../session-parts.js';
import { openGateway } from '../spend/open-gateway.js';
import { watchPulse } from './pulse.js';
import {
  failWhenEnded,
  type Sandbox,
  type StartedContainer,
  type StartOptions,
  startContainer,
  startProxy,
} from './start-sandbox.js';
import { describeMasked, openWorkspaceView, type WorkspaceView } from './workspace-view.js';

/** So often an agent is started again in its sandbox. */
const MAX_RESTARTS = 3;

export interface AgentSandboxParts {
  readonly parts: SessionParts;
  readonly report: SessionReport;
  readonly silence: SilenceWatch;
  /** Undoes everything that is made. */
  readonly scope: DisposableScope;
  readonly signal: AbortSignal;
  /** The session's end, but not the end of a turn's time. */
  readonly stopped: AbortSignal;
}

/** An agent that speaks, in a container whose tools are being made ready. */
export interface AgentSandbox {
  readonly container: StartedContainer;
  readonly agent: AgentSeat;
  /** Resolves when the agent's user has proven its sandbox. */
  readonly tested: Promise<void>;
  readonly captures: CaptureQueue;
  /** Of what the agent committed; never rejects. */
  readonly commits: CaptureQueue;
  /** Rejects when the agent, the sandbox or the audit log fails; never resolves. */
  readonly failure: Promise<never>;
  /** Aborted when the sandbox has taken too much of the disk: what fills it is ended at once. */
  readonly full: AbortSignal;
  readonly checkTurn: () => Promise<void>;
}

/** From a request to an agent that can be prompted as soon as its connection is ready. */
export async function openAgentSandbox(options: AgentSandboxParts): Promise<AgentSandbox> {
  const { parts, report, scope, signal } = options;
  const { request, policy, dir, review } = parts;
  const chosen = selectAgent(request);
  const gateway = openSessionGateway(options, chosen);
  const view = openWorkspaceView({ request, dir, review, signal });
  const start: StartOptions = {
    ...parts,
    ...parts.options,
    sessionId: parts.id,
    sessionDir: dir,
    policy,
    agent: chosen.spec,
    agentImage: chosen.image,
    onPhase: (phase, detail) => report.phase(phase, detail),
    signal,
    scope,
  };
  const container = await startContainer(start);
  const full = await watchSandbox(parts, container, scope);
  await view.stamped;
  recordStart(options, container);

  report.phase('guest');
  // The tools are made ready behind the agent; the broker holds every call back until they are.
  const agentSettled = Promise.resolve()
    .then(() => (chosen.mode === 'contained' ? undefined : road))
    .then((opened) => opened?.agent.ready())
    .then(
      () => undefined,
      () => undefined,
    );
  const sandbox = prepareTools(options, start, container, view, agentSettled);
  // Whoever waits for it sees the failure; nobody may be waiting yet.
  sandbox.catch(() => undefined);
  const captures = new CaptureQueue(createCapture(parts, view, sandbox, report, signal));
  const proxy = sandbox.then((made) => made.proxy);
  proxy.catch(() => undefined);
  const commits = new CaptureQueue(createCommitCapture(parts, proxy, report, signal));
  const road = openRoad(options, container, sandbox, gateway, captures, chosen, full);
  // A contained agent starts when its workspace is ready, and never if that fails.
  const opened = await (chosen.mode === 'contained' ? Promise.race([road, sandbox.then(() => road)]) : road);
  const failure = Promise.race([
    opened.failure,
    failWhenEnded(container, sandbox),
    failWhenSilent(options, container, sandbox),
    parts.audit.failed,
    chosen.unfit,
    whenAborted(full),
  ]);
  failure.catch(() => undefined);
  const checkTurn = async () => {
    if (chosen.toolCheck?.finishTurn() !== undefined) await chosen.unfit;
  };
  const { agent, tested } = opened;
  return { container, agent, tested, captures, commits, failure, full, checkTurn };
}

/** Rejects when the sandbox does not answer any more, though nothing has ended. */
async function failWhenSilent(
  { parts, report, signal }: AgentSandboxParts,
  { id }: StartedContainer,
  sandbox: Promise<Sandbox>,
): Promise<never> {
  const { proxy } = await sandbox;
  await watchPulse({
    engine: parts.engine,
    container: id,
    ping: () => proxy.ping(),
    tell: (text) => report.notice('warning', text),
    signal,
  });
  return new Promise(() => undefined);
}

function openSessionGateway(
  { parts, report, scope, stopped }: AgentSandboxParts,
  { toolCheck }: SelectedAgent,
): Gateway {
  const gateway = openGateway({
    ...parts,
    ...parts.options,
    toolCheck,
    signal: stopped,
    emit: (event) => report.emit(event),
  });
  void scope.add(() => gateway.close());
  return gateway;
}

/** Starts the tool proxy, hides the secrets and, under `copy`, fills the workspace. */
async function prepareTools(
  options: AgentSandboxParts,
  start: StartOptions,
  container: StartedContainer,
  view: WorkspaceView,
  agentSettled: Promise<void>,
): Promise<Sandbox> {
  // The agent has the processor to itself until it is ready; the model's first answer takes longer than all this.
  await agentSettled;
  start.signal.throwIfAborted();
  const sandbox = await startProxy(start, container);
  takeSelfTest(options, container, {
    kind: 'runner',
    facts: sandbox.runnerFacts,
    hostMs: sandbox.runnerFactsMs,
  });
  const masked = await view.hideSecrets(sandbox);
  if (masked.length > 0) options.report.notice('info', describeMasked(masked));
  return sandbox;
}

function openRoad(
  opening: AgentSandboxParts,
  container: StartedContainer,
  sandbox: Promise<Sandbox>,
  gateway: Gateway,
  captures: CaptureQueue,
  { session, startMs, mode }: SelectedAgent,
  full: AbortSignal,
): Promise<AgentRoad> {
  const { parts, report, silence, scope, signal } = opening;
  const { policy, audit, review, options } = parts;
  const { logger } = options;
  // A capture that fails now is made up for by the next; the last one reports.
  const touched = () => void captures.request().catch((error) => logger.debug(describeError(error)));
  const broker = new ToolBroker({
    proxy: sandbox.then(({ proxy }) => proxy),
    decide: (call) => planCall(policy, call),
    desk: openDesk({ ...options, sessionId: parts.id, policy, workspace: review.workspace, signal }),
    observer: observeBroker({ audit, emit: (event) => report.emit(event), onWorkspaceTouched: touched }),
  });
  const tell = tellUpdates(report, mode);
  return openAgentRoad({
    stdio: container.bridge.stdio,
    broker: { handle: (call) => silence.during(() => broker.handle(endedBy(full, call))) },
    gateway: { handle: (call) => silence.during(() => gateway.handle(call)) },
    acp: { session, startMs },
    // Without a next prompt there is nothing to start it for.
    restarts: parts.request.limits.keepSeconds > 0 ? MAX_RESTARTS : 0,
    contained:
      mode === 'brokered'
        ? undefined
        : { mayStart: sandbox, onProcess: (started) => audit.append({ kind: 'process', ...started }) },
    onSelfTest: (facts) => {
      const hostMs = performance.now() - container.startedAt;
      takeSelfTest(opening, container, { kind: mode, facts, hostMs });
    },
    onReturn: (news) => report.notice('warning', describeReturn(news)),
    onUpdate: (update) => {
      silence.touch();
      tell(update);
      if (mode === 'contained' && update.type === 'tool' && update.status === 'completed') touched();
    },
    onRefusedQuestion: (title) =>
      report.notice(
        'warning',
        `The agent asked for a tool that is not the sandbox's and was refused: ${title}`,
      ),
    logger,
    scope,
    signal,
  });
}

function describeReturn({ how, isResumed }: Return): string {
  const rest = isResumed ? 'its conversation goes on' : 'it remembers nothing of its conversation';
  return `The agent ended unexpectedly (${how}) and was started again in the same sandbox; ${rest}.`;
}

function recordStart({ parts, report }: AgentSandboxParts, container: StartedContainer): void {
  const { request, policy } = parts;
  report.record(toStartRecord(parts.id, request, policy, container, parts.options.version));
  for (const notice of parts.notices) report.notice('warning', notice);
  if (request.mode === 'contained') report.notice('warning', containedNotice);
  if (container.strategyReasons.length > 0) {
    report.notice('info', `The workspace was copied, not overlaid: ${container.strategyReasons.join('; ')}`);
  }
}

import type { AgentUpdate } from '../agents/updates.js';
import { DisposableScope } from '../base/disposables.js';
import { describeError, errors } from '../base/errors.js';
import type { Logger } from '../base/logger.js';
import type { Gateway } from '../gateway/gateway.js';
import { planCall } from '../policy/evaluate.js';
import { changeKey } from '../workspace/changes.js';
import { whenAborted } from './aborted.js';
import { type AgentRoad, openAgentRoad } from './agent-road.js';
import type { Review, RunningSession } from './api.js';
import { ToolBroker } from './broker.js';
import { observeBroker } from './broker-observer.js';
import { CaptureQueue, captureSignal, LAST_CAPTURE_MS } from './capture-queue.js';
import { toChangeRecord } from './change-record.js';
import type { Phase, SessionEvent, SessionOutcome } from './events.js';
import { openDesk } from './open-desk.js';
import { openGateway } from './open-gateway.js';
import { ReplayEmitter } from './replay-emitter.js';
import { containedNotice, type SelectedAgent, selectAgent } from './select-agent.js';
import type { SessionParts } from './session-parts.js';
import { toEndRecord, toStartRecord } from './session-records.js';
import {
  failWhenEnded,
  nameCause,
  type Sandbox,
  type StartedContainer,
  type StartOptions,
  startContainer,
  startProxy,
} from './start-sandbox.js';
import { describeMasked, openWorkspaceView, type WorkspaceView } from './workspace-view.js';

/** Records between two waits for the disk, so that a flood of changes cannot outrun the log. */
const RECORDS_PER_FLUSH = 500;

/** One turn of an agent in a sandbox of its own, from the request to the removed container. */
export class Session implements RunningSession {
  readonly id: string;
  readonly startedAt = Date.now();
  readonly review: Review;
  readonly done: Promise<SessionOutcome>;
  readonly #parts: SessionParts;
  readonly #events = new ReplayEmitter();
  readonly #stop = new AbortController();
  readonly #scope = new DisposableScope();
  /** Keys of the changes that the audit log has already. */
  readonly #recorded = new Set<string>();

  constructor(parts: SessionParts) {
    this.id = parts.id;
    this.review = parts.review;
    this.#parts = parts;
    this.done = this.#run();
  }

  onEvent(listener: (event: SessionEvent) => void): () => void {
    return this.#events.on(listener);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.done;
  }

  async #run(): Promise<SessionOutcome> {
    const outcome = await this.#attempt();
    this.#phase('stopping');
    try {
      await this.#scope.dispose();
    } catch (error) {
      this.#logger.error('the sandbox was not removed completely; the next start removes the rest', error);
      this.#notice(
        'warning',
        'The sandbox was not removed completely; the next start of Airlock removes the rest.',
      );
    }
    const { audit } = this.#parts;
    audit.append(toEndRecord(outcome, Date.now() - this.startedAt));
    await audit.close().catch((error) => this.#logger.error('the audit log cannot be closed', error));
    this.#phase('done');
    return outcome;
  }

  async #attempt(): Promise<SessionOutcome> {
    const deadline = AbortSignal.timeout(this.#parts.request.limits.sessionSeconds * 1000);
    const signal = AbortSignal.any([this.#stop.signal, deadline]);
    try {
      return { kind: 'completed', stopReason: await this.#turn(signal) };
    } catch (error) {
      if (this.#stop.signal.aborted) return { kind: 'cancelled' };
      const seconds = this.#parts.request.limits.sessionSeconds;
      const named = deadline.aborted
        ? errors.agentFailed(`it did not finish within ${seconds} s`, error)
        : error;
      this.#logger.error('the session failed', named);
      return { kind: 'failed', error: named instanceof Error ? named : new Error(describeError(named)) };
    }
  }

  async #turn(signal: AbortSignal): Promise<string> {
    const { request, policy, dir, options, review } = this.#parts;
    const chosen = selectAgent(request);
    const gateway = this.#openGateway(chosen);
    const view = openWorkspaceView({ request, dir, review, signal });
    const start: StartOptions = {
      ...this.#parts,
      ...options,
      sessionId: this.id,
      sessionDir: dir,
      policy,
      agent: chosen.spec,
      agentImage: chosen.image,
      onPhase: (phase, detail) => this.#phase(phase, detail),
      signal,
      scope: this.#scope,
    };
    const container = await startContainer(start);
    await view.stamped;
    this.#recordStart(container);

    this.#phase('guest');
    // The tools are made ready behind the agent; the broker holds every call back until they are.
    const agentSettled = Promise.resolve()
      .then(() => (chosen.mode === 'contained' ? undefined : road))
      .then((opened) => opened?.connection.ready)
      .catch(() => undefined);
    const sandbox = this.#prepareTools(start, container, view, agentSettled);
    // Whoever waits for it sees the failure; nobody may be waiting yet.
    sandbox.catch(() => undefined);
    const captures = new CaptureQueue(async () => this.#capture(view, await sandbox, captureSignal(signal)));
    const road = this.#openRoad(container, sandbox, gateway, captures, chosen, signal);
    // A contained agent starts when its workspace is ready, and never if that fails.
    const agent = await (chosen.mode === 'contained' ? Promise.race([road, sandbox.then(() => road)]) : road);
    const failure = Promise.race([
      agent.failure,
      failWhenEnded(container, sandbox),
      this.#parts.audit.failed,
      chosen.unfit,
    ]);
    failure.catch(() => undefined);
    this.#phase('agent');

    try {
      await Promise.race([agent.connection.ready, failure, whenAborted(signal)]);
      this.#phase('ready');
      this.#phase('running');
      const { stopReason } = await Promise.race([agent.connection.prompt(request.prompt, signal), failure]);
      if (stopReason === 'cancelled') throw errors.cancelled();
      if (chosen.toolCheck?.finishTurn() !== undefined) await chosen.unfit;
      this.#phase('collecting');
      await Promise.race([captures.request(), failure, whenAborted(signal)]);
      return stopReason;
    } catch (error) {
      await this.#captureLast(captures);
      throw await nameCause(error, container);
    }
  }

  #openGateway({ toolCheck }: SelectedAgent): Gateway {
    const gateway = openGateway({
      ...this.#parts,
      ...this.#parts.options,
      toolCheck,
      signal: this.#stop.signal,
      emit: (event) => this.#events.emit(event),
    });
    void this.#scope.add(() => gateway.close());
    return gateway;
  }

  /** Starts the tool proxy, hides the secrets and, under `copy`, fills the workspace. */
  async #prepareTools(
    start: StartOptions,
    container: StartedContainer,
    view: WorkspaceView,
    agentSettled: Promise<void>,
  ): Promise<Sandbox> {
    // The agent has the processor to itself until it is ready; the model's first answer takes longer than all this.
    await agentSettled;
    start.signal.throwIfAborted();
    const sandbox = await startProxy(start, container);
    const masked = await view.hideSecrets(sandbox);
    if (masked.length > 0) this.#notice('info', describeMasked(masked));
    return sandbox;
  }

  #openRoad(
    container: StartedContainer,
    sandbox: Promise<Sandbox>,
    gateway: Gateway,
    captures: CaptureQueue,
    { session, startMs, mode }: SelectedAgent,
    signal: AbortSignal,
  ): Promise<AgentRoad> {
    const { policy, audit, review, options } = this.#parts;
    // A capture that fails now is made up for by the next; the last one reports.
    const touched = () => void captures.request().catch((error) => this.#logger.debug(describeError(error)));
    const broker = new ToolBroker({
      proxy: sandbox.then(({ proxy }) => proxy),
      decide: (call) => planCall(policy, call),
      desk: openDesk({ ...options, policy, workspace: review.workspace, signal }),
      observer: observeBroker({
        audit,
        emit: (event) => this.#events.emit(event),
        onWorkspaceTouched: touched,
      }),
    });
    return openAgentRoad({
      stdio: container.bridge.stdio,
      broker,
      gateway,
      acp: { session, startMs },
      contained:
        mode === 'brokered'
          ? undefined
          : {
              mayStart: sandbox,
              onProcess: (started) => audit.append({ kind: 'process', ...started }),
            },
      onUpdate: (update) => {
        this.#update(update);
        if (mode === 'contained' && update.type === 'tool' && update.status === 'completed') touched();
      },
      logger: this.#logger,
      scope: this.#scope,
      signal,
    });
  }

  async #capture(view: WorkspaceView, sandbox: Sandbox, signal: AbortSignal): Promise<void> {
    const { audit, review } = this.#parts;
    for (const change of await view.capture(sandbox, signal)) {
      const key = changeKey(change);
      if (this.#recorded.has(key)) continue;
      this.#recorded.add(key);
      audit.append(toChangeRecord(change));
      if (this.#recorded.size % RECORDS_PER_FLUSH === 0) await audit.flush();
    }
    this.#events.emit({ type: 'changes', changes: review.list().map(({ change }) => change) });
  }

  /** After a failure: whatever can still be had is kept for review. */
  async #captureLast(captures: CaptureQueue): Promise<void> {
    try {
      await Promise.race([captures.request(), whenAborted(AbortSignal.timeout(LAST_CAPTURE_MS))]);
    } catch (error) {
      this.#logger.warn(`the last changes could not be captured: ${describeError(error)}`);
    }
  }

  #recordStart(sandbox: StartedContainer): void {
    const { audit, request, policy } = this.#parts;
    audit.append(toStartRecord(this.id, request, policy, sandbox));
    for (const notice of this.#parts.notices) this.#notice('warning', notice);
    if (request.mode === 'contained') this.#notice('warning', containedNotice);
    if (sandbox.strategyReasons.length > 0) {
      this.#notice('info', `The workspace was copied, not overlaid: ${sandbox.strategyReasons.join('; ')}`);
    }
  }

  #update(update: AgentUpdate): void {
    if (update.type === 'text' || update.type === 'thought') this.#events.emit(update);
    else if (update.type === 'notice') this.#notice('info', update.text);
  }

  #phase(phase: Phase, detail?: string): void {
    const atMs = Date.now() - this.startedAt;
    this.#events.emit({ type: 'phase', phase, atMs, ...(detail === undefined ? {} : { detail }) });
  }

  #notice(level: 'info' | 'warning', text: string): void {
    this.#parts.audit.append({ kind: 'notice', level, text });
    this.#events.emit({ type: 'notice', level, text });
  }

  get #logger(): Logger {
    return this.#parts.options.logger;
  }
}

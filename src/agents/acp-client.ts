import type { Duplex } from 'node:stream';
import { client, methods, PROTOCOL_VERSION } from '@agentclientprotocol/sdk';
import * as z from 'zod';
import { withDeadline } from '../base/deadline.js';
import { AirlockError, describeError, errors } from '../base/errors.js';
import { toVisibleLine } from '../base/visible-text.js';
import { agentCwd } from '../protocol/bridge.js';
import { withCancel } from './cancel.js';
import type { AcpSession } from './catalogue/definition.js';
import { openMessageStream } from './message-stream.js';
import { toQuestion, toReply } from './permission.js';
import { UpdateReader } from './update-reader.js';
import { UpdateThrottle } from './update-throttle.js';
import type { AgentUpdate, PermissionAnswer, PermissionQuestion } from './updates.js';

const defaultOptions: AgentOptions = {
  session: { cwd: agentCwd, mcpServers: [] },
  startMs: 30_000,
  cancelMs: 1000,
};

const initialized = z.object({
  protocolVersion: z.literal(PROTOCOL_VERSION),
  agentCapabilities: z
    .object({
      loadSession: z.boolean().nullish().catch(false),
      sessionCapabilities: z
        .object({ resume: z.looseObject({}).nullish() })
        .nullish()
        .catch(undefined),
    })
    .nullish()
    .catch(undefined),
});
type Capabilities = z.infer<typeof initialized>['agentCapabilities'];
const modes = z.object({ availableModes: z.array(z.object({ id: z.string().max(256) })).max(100) }).nullish();
const sessionMade = z.object({ sessionId: z.string().min(1).max(1024), modes });
const sessionReopened = z.object({ modes }).nullish();
const turnEnded = z.object({
  stopReason: z.enum(['end_turn', 'max_tokens', 'max_turn_requests', 'refusal', 'cancelled']),
});
export type TurnEnd = Readonly<z.infer<typeof turnEnded>>;

export interface AgentHandlers {
  onUpdate(update: AgentUpdate): void;
  onPermission(question: PermissionQuestion): Promise<PermissionAnswer>;
}

export interface AgentOptions {
  readonly session: AcpSession;
  /** Until the agent holds a session, ms. */
  readonly startMs: number;
  /** Until a cancelled turn has ended, ms. */
  readonly cancelMs: number;
  /** The session of an agent before it, to be gone on with when this one can. */
  readonly resume?: string | undefined;
}

export interface HeldSession {
  readonly id: string;
  /** Whether it is the one that was to be gone on with. */
  readonly isResumed: boolean;
}

export interface AgentConnection {
  /** The agent has answered and holds a session. Rejects with `agent-failed`. */
  readonly ready: Promise<HeldSession>;
  /** It has not ended, and speaks the protocol. */
  readonly isAlive: boolean;
  /**
   * One turn. Rejects with `agent-failed`, or with `cancelled` when the agent does not end the turn
   * within a second after `signal` was aborted.
   */
  prompt(text: string, signal: AbortSignal): Promise<TurnEnd>;
  /** Delivers what has arrived and still waits to be merged. */
  flush(): void;
  /** Ends the connection and the stdio. Idempotent. */
  close(): void;
}

/** Speaks ACP with the agent at the other end of `stdio`. The agent is not trusted. */
export function connectAgent(
  stdio: Duplex,
  handlers: AgentHandlers,
  options: Partial<AgentOptions> = {},
): AgentConnection {
  return new Agent(stdio, handlers, { ...defaultOptions, ...options });
}

class Agent implements AgentConnection {
  readonly ready: Promise<HeldSession>;
  readonly #stdio: Duplex;
  readonly #options: AgentOptions;
  readonly #throttle: UpdateThrottle;
  readonly #connection;
  #givenUp: Error | undefined;
  /** While an old session is told again: it has been seen. */
  #isReplaying = false;

  constructor(stdio: Duplex, handlers: AgentHandlers, options: AgentOptions) {
    this.#stdio = stdio;
    this.#options = options;
    this.#throttle = new UpdateThrottle((update) => handlers.onUpdate(update));
    // Both directions meet the error where they read and write; unheard, it would end the process.
    stdio.on('error', () => undefined);
    this.#connection = client({ name: 'airlock' })
      .onRequest(methods.client.session.requestPermission, async ({ params }) =>
        toReply(params, await handlers.onPermission(toQuestion(params))),
      )
      .connect(this.#openStream());
    this.ready = this.#start();
    // Whoever waits on `ready` or on a prompt sees the failure; maybe nobody waits yet.
    this.ready.catch(() => undefined);
  }

  async prompt(text: string, signal: AbortSignal): Promise<TurnEnd> {
    if (signal.aborted) throw errors.cancelled();
    try {
      return await withCancel(this.#turn(text), signal, this.#options.cancelMs, () => this.#cancel());
    } catch (error) {
      throw this.#describe(error);
    } finally {
      this.#throttle.flush();
    }
  }

  get isAlive(): boolean {
    return this.#givenUp === undefined && !this.#connection.signal.aborted;
  }

  flush(): void {
    this.#throttle.flush();
  }

  close(): void {
    this.flush();
    this.#connection.close();
    this.#stdio.destroy();
  }

  #openStream() {
    const reader = new UpdateReader();
    return openMessageStream(this.#stdio, {
      onUpdate: (params) => {
        const update = reader.read(params);
        if (update !== undefined && !this.#isReplaying) this.#throttle.push(update);
      },
      onGivenUp: (reason) => {
        this.#givenUp = reason;
      },
    });
  }

  async #start(): Promise<HeldSession> {
    const { startMs } = this.#options;
    const tooSlow = () => errors.agentFailed(`it did not start within ${startMs / 1000} s`);
    try {
      return await withDeadline(startMs, tooSlow, () => this.#handshake());
    } catch (error) {
      throw this.#describe(error);
    }
  }

  async #handshake(): Promise<HeldSession> {
    const { agent } = this.#connection;
    const hello = await agent.request(methods.agent.initialize, {
      protocolVersion: PROTOCOL_VERSION,
      clientInfo: { name: 'airlock', title: 'Airlock', version: '1' },
      clientCapabilities: { fs: { readTextFile: false, writeTextFile: false }, terminal: false },
    });
    const said = check(initialized, hello, 'it speaks another version of the Agent Client Protocol');
    return (await this.#reopen(said.agentCapabilities)) ?? this.#open();
  }

  async #open(): Promise<HeldSession> {
    const { agent } = this.#connection;
    const made = await agent.request(methods.agent.session.new, this.#where());
    const { sessionId, modes: known } = check(sessionMade, made, 'it gave no session');
    const { modeId } = this.#options.session;
    if (modeId !== undefined && !known?.availableModes.some(({ id }) => id === modeId))
      throw errors.agentFailed(`it has no mode "${modeId}"`);
    await this.#setMode(sessionId);
    return { id: sessionId, isResumed: false };
  }

  /** Undefined when there is none to go on with, or the agent cannot: it then begins anew. */
  async #reopen(can: Capabilities): Promise<HeldSession | undefined> {
    const { resume: sessionId } = this.#options;
    const { session } = methods.agent;
    const canResume = can?.sessionCapabilities?.resume;
    if (sessionId === undefined || !(canResume || can?.loadSession)) return undefined;
    const { agent } = this.#connection;
    const params = { sessionId, ...this.#where() };
    this.#isReplaying = true;
    try {
      const reply = await (canResume
        ? agent.request(session.resume, params)
        : agent.request(session.load, params));
      check(sessionReopened, reply, 'it gave the session back in a form that is none');
    } catch (error) {
      if (this.#connection.signal.aborted || error instanceof AirlockError) throw error;
      return undefined;
    } finally {
      this.#isReplaying = false;
    }
    await this.#setMode(sessionId);
    return { id: sessionId, isResumed: true };
  }

  async #setMode(sessionId: string): Promise<void> {
    const { modeId } = this.#options.session;
    if (modeId !== undefined)
      await this.#connection.agent.request(methods.agent.session.setMode, { sessionId, modeId });
  }

  #where() {
    const { cwd, mcpServers, meta } = this.#options.session;
    return { cwd, mcpServers: [...mcpServers], ...(meta === undefined ? {} : { _meta: meta }) };
  }

  async #turn(text: string): Promise<TurnEnd> {
    const { id: sessionId } = await this.ready;
    const reply = await this.#connection.agent.request(methods.agent.session.prompt, {
      sessionId,
      prompt: [{ type: 'text', text }],
    });
    return check(turnEnded, reply, 'it ended its turn without saying why');
  }

  async #cancel(): Promise<void> {
    await this.#connection.agent.notify(methods.agent.session.cancel, { sessionId: (await this.ready).id });
  }

  #describe(error: unknown): AirlockError {
    if (error instanceof AirlockError) return error;
    if (this.#givenUp !== undefined) return errors.agentFailed(toDetail(this.#givenUp), this.#givenUp);
    if (this.#connection.signal.aborted)
      return errors.agentFailed('it ended in the middle of its work', error);
    return errors.agentFailed(toDetail(error), error);
  }
}

function check<T>(schema: z.ZodType<T>, value: unknown, problem: string): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw errors.agentFailed(problem, parsed.error);
  return parsed.data;
}

/** The agent's own words, to stand before a full stop. */
function toDetail(error: unknown): string {
  return toVisibleLine(describeError(error), 500).replace(/\.$/, '');
}

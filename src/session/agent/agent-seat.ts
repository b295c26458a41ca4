import type { AgentConnection, HeldSession, TurnEnd } from '../../agents/acp-client.js';
import { withDeadline } from '../../base/deadline.js';
import { createDeferred } from '../../base/deferred.js';
import { errors } from '../../base/errors.js';

/** How long after its last word the news of an agent's end may come, ms. */
const NEWS_MS = 2_000;

/** An agent that had ended is there again. */
export interface Return extends Pick<HeldSession, 'isResumed'> {
  /** What it ended with. */
  readonly how: string;
}

/** The place of a sandbox's one agent: taken by another process of it when one has ended by itself. */
export class AgentSeat {
  readonly #onReturn: (news: Return) => void;
  #restarts: number;
  #agent: AgentConnection | undefined;
  #sessionId: string | undefined;
  #taken = createDeferred<AgentConnection>();
  /** Of the agent that is there, and of the one that was prompted last: how it has ended. */
  #left = createDeferred<string>();
  #promptedLeft = this.#left;

  /** So often it is taken again. */
  constructor(restarts: number, onReturn: (news: Return) => void) {
    this.#restarts = restarts;
    this.#onReturn = onReturn;
  }

  /** The session that the next agent is to go on with. */
  get sessionId(): string | undefined {
    return this.#sessionId;
  }

  /** Settles when an agent is there. */
  get taken(): Promise<AgentConnection> {
    return this.#taken.promise;
  }

  /** Settles when the agent holds a session. */
  async ready(): Promise<HeldSession> {
    return (await this.taken).ready;
  }

  take(agent: AgentConnection): void {
    const before = this.#agent === undefined ? undefined : this.#left;
    this.#agent = agent;
    this.#left = createDeferred();
    this.#taken.resolve(agent);
    agent.ready.then(
      async ({ id, isResumed }) => {
        this.#sessionId = id;
        if (before !== undefined) this.#onReturn({ how: await before.promise, isResumed });
      },
      () => undefined, // Whoever waits for it sees it.
    );
  }

  /** The agent has ended. True when it is to be started again: never one that did not even get a session. */
  leave(how: string): boolean {
    if (this.#restarts === 0 || this.#sessionId === undefined) return false;
    this.#restarts -= 1;
    this.#agent?.close();
    this.#taken = createDeferred();
    this.#left.resolve(how);
    return true;
  }

  async prompt(text: string, signal: AbortSignal): Promise<TurnEnd> {
    const agent = await this.taken;
    this.#promptedLeft = this.#left;
    return agent.prompt(text, signal);
  }

  /** The agent has not ended: it has only failed at what it was asked. */
  get isAlive(): boolean {
    return this.#agent?.isAlive ?? false;
  }

  flush(): void {
    this.#agent?.flush();
  }

  /** After a prompt that failed: waits until the agent is there again. Rejects when it has not ended, or does not come. */
  async recover(): Promise<void> {
    await withDeadline(
      NEWS_MS,
      () => errors.agentFailed('it failed without ending'),
      () => this.#promptedLeft.promise,
    );
    await this.ready();
  }
}

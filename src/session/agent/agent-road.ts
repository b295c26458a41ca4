import type { Duplex, Readable } from 'node:stream';
import { type AgentHandlers, type AgentOptions, connectAgent } from '../../agents/acp-client.js';
import { answerPermission } from '../../agents/permission.js';
import type { AgentUpdate } from '../../agents/updates.js';
import { createDeferred } from '../../base/deferred.js';
import type { DisposableScope } from '../../base/disposables.js';
import { errors } from '../../base/errors.js';
import type { Logger } from '../../base/logger.js';
import { toVisibleText } from '../../base/visible-text.js';
import type { Gateway } from '../../gateway/gateway.js';
import type { StartedProcess } from '../../protocol/bridge.js';
import type { SelfTestFacts } from '../../protocol/self-test.js';
import type { ToolBroker } from '../broker/broker.js';
import { whenAborted } from '../life/aborted.js';
import { serveBridge } from '../roads/bridge-server.js';
import { AgentSeat, type Return } from './agent-seat.js';

const MAX_STDERR_BYTES = 256 * 1024;

export interface AgentRoadOptions {
  /** The bridge's stdio. */
  readonly stdio: Duplex;
  readonly broker: Pick<ToolBroker, 'handle'>;
  readonly gateway: Pick<Gateway, 'handle'>;
  readonly acp: Pick<AgentOptions, 'session' | 'startMs'>;
  /** So often an agent that ended by itself is started again in its sandbox. */
  readonly restarts: number;
  /** Throws when the sandbox does not hold what it must. */
  readonly onSelfTest: (facts: SelfTestFacts) => void;
  readonly onReturn: (news: Return) => void;
  /** Present for a contained agent: it keeps its own tools and gets none of the broker's. */
  readonly contained: ContainedRoad | undefined;
  readonly onUpdate: (update: AgentUpdate) => void;
  /** The agent asked for leave to use a tool that it was not given. */
  readonly onRefusedQuestion: (title: string) => void;
  readonly logger: Logger;
  readonly scope: DisposableScope;
  readonly signal: AbortSignal;
}

export interface ContainedRoad {
  /** When the workspace is what the agent is meant to see. */
  readonly mayStart: Promise<unknown>;
  onProcess(started: StartedProcess): void;
}

/** More are not recorded. */
const MAX_PROCESSES = 5_000;

export interface AgentRoad {
  readonly agent: AgentSeat;
  /** Resolves when the agent's own user has proven its sandbox; `failure` says when it has not. */
  readonly tested: Promise<void>;
  /** Rejects when the agent or its bridge ends; never resolves. */
  readonly failure: Promise<never>;
}

/** Serves the bridge and speaks ACP with the agent that it starts. */
export async function openAgentRoad(options: AgentRoadOptions): Promise<AgentRoad> {
  const { broker, gateway, scope, logger, contained } = options;
  let processes = 0;
  let fail: (error: Error) => void = () => undefined;
  const failure = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failure.catch(() => undefined);
  const tested = createDeferred<void>();
  const seat = new AgentSeat(options.restarts, options.onReturn);
  // What the agent said before a call came by another stream, and is shown before it.
  const showEarlierText = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    seat.flush();
  };
  const bridge = serveBridge(options.stdio, {
    onAgent: (stdio) => {
      const handlers: AgentHandlers = {
        onUpdate: options.onUpdate,
        onPermission: async (question) => {
          const answer = answerPermission(question, contained === undefined ? 'brokered' : 'contained');
          if (answer === 'deny') options.onRefusedQuestion(question.title);
          return answer;
        },
      };
      const agent = connectAgent(stdio, handlers, { ...options.acp, resume: seat.sessionId });
      void scope.add(() => agent.close());
      seat.take(agent);
    },
    onAgentStderr: (stderr) => logAgent(stderr, logger),
    onSelfTest: (facts) => {
      try {
        options.onSelfTest(facts);
        tested.resolve();
      } catch (error) {
        fail(error instanceof Error ? error : errors.guestFailed(String(error)));
        throw error;
      }
    },
    onAgentStart: async () => void (await contained?.mayStart),
    onAgentProcess: (started) => {
      processes += 1;
      if (processes <= MAX_PROCESSES) contained?.onProcess(started);
    },
    onAgentExit: ({ exitCode, signal }) => {
      const how = signal ?? `status ${exitCode}`;
      if (seat.leave(how)) return true;
      fail(errors.agentFailed(`it ended with ${how}`));
      return false;
    },
    onTool: async (call) => {
      if (contained !== undefined) throw new Error('a contained agent has no broker');
      await showEarlierText();
      return broker.handle(call);
    },
    onModel: (call) => gateway.handle(call),
    onFailure: (error) => fail(errors.guestFailed('the bridge in the sandbox ended', error)),
  });
  await scope.add(() => bridge.close());
  await Promise.race([seat.taken, failure, whenAborted(options.signal)]);
  return { agent: seat, tested: tested.promise, failure };
}

function logAgent(stderr: Readable, logger: Logger): void {
  let size = 0;
  stderr.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size < MAX_STDERR_BYTES) logger.info(`agent: ${toVisibleText(chunk.toString('utf8').trimEnd())}`);
  });
  stderr.on('error', (error) => logger.debug(`agent: stderr failed: ${error.message}`));
}

import { randomUUID } from 'node:crypto';
import {
  type AgentApp,
  agent,
  type ContentBlock,
  methods,
  PROTOCOL_VERSION,
  RequestError,
  type StopReason,
} from '@agentclientprotocol/sdk';
import type { Message } from './conversation.js';
import type { Converse } from './converse.js';
import { ModelError } from './model-error.js';
import type { Report } from './turn-loop.js';

const MAX_SESSIONS = 16;

interface Session {
  readonly conversation: Message[];
  running: AbortController | undefined;
}

/**
 * The agent as ACP sees it: sessions that each hold a conversation, one prompt at a time. `load` gives what answers
 * them, and is first called behind the answer to the first session, which is waited for.
 */
export function createAgent(load: () => Promise<Converse>): AgentApp {
  const sessions = new Map<string, Session>();
  return agent({ name: 'airlock' })
    .onRequest(methods.agent.initialize, () => ({
      protocolVersion: PROTOCOL_VERSION,
      agentInfo: { name: 'airlock', title: 'Airlock built-in agent', version: '1' },
      agentCapabilities: {},
      authMethods: [],
    }))
    .onRequest(methods.agent.session.new, () => {
      if (sessions.size >= MAX_SESSIONS) throw RequestError.invalidRequest(undefined, 'too many sessions');
      const sessionId = randomUUID();
      sessions.set(sessionId, { conversation: [], running: undefined });
      setTimeout(() => void load(), 0);
      return { sessionId };
    })
    .onRequest(methods.agent.session.prompt, async ({ params, client }) => {
      const session = sessions.get(params.sessionId);
      if (session === undefined) throw RequestError.resourceNotFound(params.sessionId);
      const report: Report = (update) =>
        client.notify(methods.client.session.update, { sessionId: params.sessionId, update });
      return { stopReason: await answerPrompt(load, session, params.prompt, report) };
    })
    .onNotification(methods.agent.session.cancel, ({ params }) => {
      sessions.get(params.sessionId)?.running?.abort();
    });
}

async function answerPrompt(
  load: () => Promise<Converse>,
  session: Session,
  prompt: readonly ContentBlock[],
  report: Report,
): Promise<StopReason> {
  if (session.running !== undefined)
    throw RequestError.invalidRequest(undefined, 'a prompt is running already');
  const text = prompt.map(toText).join('\n\n');
  const running = new AbortController();
  session.running = running;
  session.conversation.push({ role: 'user', text });
  try {
    const converse = await load();
    return await converse(session.conversation, report, running.signal);
  } catch (error) {
    if (running.signal.aborted) return 'cancelled';
    throw toRequestError(error);
  } finally {
    session.running = undefined;
  }
}

function toText(block: ContentBlock): string {
  switch (block.type) {
    case 'text':
      return block.text;
    case 'resource_link':
      return `${block.name}: ${block.uri}`;
    default:
      throw RequestError.invalidParams(undefined, `content of type ${block.type} is not supported`);
  }
}

function toRequestError(error: unknown): unknown {
  if (!(error instanceof ModelError)) return error;
  const code = error.status === 401 || error.status === 403 ? -32000 : -32603;
  return new RequestError(code, error.message);
}

import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { toVisibleLine } from '../../base/visible-text.js';
import type { ModelResponse, ModelService, ServiceRequest } from '../model-service.js';
import { anthropic } from '../providers/anthropic.js';
import type { ChatPart, ChatProblem, EditorModels } from './editor-models.js';
import { readMessages } from './read-messages.js';
import { estimateTokens, type MessageHead, writeEvents, writeMessage } from './write-messages.js';

const statuses: Readonly<Record<ChatProblem['problem'], number>> = {
  'no-model': 404,
  'not-allowed': 403,
  blocked: 400,
  failed: 502,
};

/** Answers Anthropic Messages by a model of the editor: nothing leaves by this process's own network. */
export class EditorModelService implements ModelService {
  readonly #models: EditorModels;
  readonly #model: string;

  constructor(models: EditorModels, model: string) {
    this.#models = models;
    this.#model = model;
  }

  async send({ target, body, signal }: ServiceRequest): Promise<ModelResponse> {
    const read = readMessages(JSON.parse(body.toString('utf8')), this.#model);
    if (read.kind === 'invalid') return refuse(400, read.reason);
    const inputTokens = estimateTokens(body.length);
    if (target.startsWith('/v1/messages/count_tokens'))
      return json(200, JSON.stringify({ input_tokens: inputTokens }));
    const head: MessageHead = { id: `msg_${randomUUID()}`, model: this.#model || 'editor', inputTokens };
    const begun = await begin(this.#models.chat(read.request, signal));
    if (begun.kind === 'problem') return refuse(statuses[begun.problem.problem], begun.problem.message);
    if (!read.stream) return json(200, await writeMessage(head, begun.parts));
    return respond(200, 'text/event-stream', Readable.from(writeEvents(head, begun.parts)));
  }

  close(): void {
    // Each call ends with its own signal.
  }
}

type Begun =
  | { readonly kind: 'parts'; readonly parts: AsyncIterable<ChatPart> }
  | { readonly kind: 'problem'; readonly problem: ChatProblem };

/** Waits for the first part, so that a model that cannot answer is an error answer and no broken stream. */
async function begin(answer: AsyncIterable<ChatPart | ChatProblem>): Promise<Begun> {
  const iterator = answer[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (!first.done && first.value.type === 'problem') return { kind: 'problem', problem: first.value };
  return { kind: 'parts', parts: goOn(iterator, first) };
}

async function* goOn(
  iterator: AsyncIterator<ChatPart | ChatProblem>,
  first: IteratorResult<ChatPart | ChatProblem>,
): AsyncGenerator<ChatPart> {
  try {
    for (let next = first; !next.done; next = await iterator.next()) {
      if (next.value.type === 'problem') throw new Error(next.value.message);
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}

function refuse(status: number, reason: string): ModelResponse {
  return json(status, JSON.stringify(anthropic.errorBody(status, toVisibleLine(reason, 500))));
}

function json(status: number, text: string): ModelResponse {
  return respond(status, 'application/json', Readable.from([text]));
}

function respond(statusCode: number, type: string, stream: Readable): ModelResponse {
  return Object.assign(stream, { statusCode, headers: { 'content-type': type } });
}

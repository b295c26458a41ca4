import type { Answer, Conversation, ModelError, Part, WireProtocol } from './protocol.js';
import type { Expectation, Turn } from './script.js';

/** One thing to do with the response, in order. */
export type Step =
  | { readonly kind: 'send'; readonly data: string }
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'error'; readonly error: ModelError }
  | { readonly kind: 'cut'; readonly afterBytes: number }
  | { readonly kind: 'hang' };

export interface TurnContext {
  readonly protocol: WireProtocol;
  readonly conversation: Conversation;
  readonly id: string;
  readonly requestBytes: number;
  /** How many times this very request was seen before. */
  readonly repeats: number;
}

/** Turns a scripted turn into steps of the wire protocol. */
export function planAnswer(turn: Turn, context: TurnContext): Step[] {
  const failed = turn
    .map(({ expect }) => expect && checkExpectation(expect, context.conversation))
    .find(Boolean);
  if (failed !== undefined) return [{ kind: 'error', error: { status: 400, message: failed } }];
  const cuts = turn.flatMap(({ cutAfterBytes }): Step[] =>
    cutAfterBytes === undefined ? [] : [{ kind: 'cut', afterBytes: cutAfterBytes }],
  );
  return [...cuts, ...(context.conversation.stream ? planStream(turn, context) : planWhole(turn, context))];
}

function planStream(turn: Turn, context: TurnContext): Step[] {
  const { protocol } = context;
  const answer = describeAnswer(turn, context);
  const steps: Step[] = [];
  const counts = { text: 0, tool: 0 };
  let open = false;
  const send = (frames: string[]) => {
    if (!open) steps.push(...toSend(protocol.openFrames(answer)));
    open = true;
    steps.push(...toSend(frames));
  };
  for (const block of turn) {
    steps.push(...faults(block, context.repeats));
    for (const part of partsOf(block, context, counts.tool)) {
      const index = protocol.numbersEveryPart ? counts.text + counts.tool : counts.tool;
      send(protocol.partFrames(part, index, answer));
      counts[part.kind] += 1;
    }
  }
  send(protocol.closeFrames(answer, allParts(turn, context)));
  return steps;
}

function planWhole(turn: Turn, context: TurnContext): Step[] {
  const steps = turn.flatMap((block) => faults(block, context.repeats));
  const body = context.protocol.wholeBody(describeAnswer(turn, context), allParts(turn, context));
  return [...steps, { kind: 'send', data: JSON.stringify(body) }];
}

function faults(block: Turn[number], repeats: number): Step[] {
  const steps: Step[] = [];
  if (block.delayMs !== undefined) steps.push({ kind: 'delay', ms: block.delayMs });
  if (block.status !== undefined && repeats < (block.times ?? Number.POSITIVE_INFINITY)) {
    const { status, error: message = `scripted error ${block.status}`, retryAfter } = block;
    steps.push({
      kind: 'error',
      error: retryAfter === undefined ? { status, message } : { status, message, retryAfter },
    });
  }
  if (block.hang) steps.push({ kind: 'hang' });
  return steps;
}

function allParts(turn: Turn, context: TurnContext): Part[] {
  const parts: Part[] = [];
  for (const block of turn)
    parts.push(...partsOf(block, context, parts.filter(({ kind }) => kind === 'tool').length));
  return parts;
}

function partsOf(block: Turn[number], { protocol, conversation }: TurnContext, toolsBefore: number): Part[] {
  const parts: Part[] = [];
  if (block.text !== undefined) parts.push({ kind: 'text', text: block.text });
  if (block.tool !== undefined) {
    const id = protocol.toolId(conversation.turn, toolsBefore);
    const name = offeredName(block.tool, conversation.offeredTools);
    parts.push({ kind: 'tool', id, name, json: JSON.stringify(block.input ?? {}) });
  }
  return parts;
}

/** Agents prefix the tools of an MCP server (`mcp__airlock__read_file`); a script names the tool itself. */
function offeredName(tool: string, offered: readonly string[]): string {
  if (offered.includes(tool)) return tool;
  return offered.find((name) => name.endsWith(`_${tool}`) || name.endsWith(`.${tool}`)) ?? tool;
}

function describeAnswer(turn: Turn, context: TurnContext): Answer {
  const written = JSON.stringify(allParts(turn, context)).length;
  let number = -1;
  return {
    nextNumber: () => {
      number += 1;
      return number;
    },
    id: context.id,
    model: context.conversation.model,
    inputTokens: Math.ceil(context.requestBytes / 4),
    outputTokens: Math.ceil(written / 4),
    includeUsage: context.conversation.includeUsage,
  };
}

function checkExpectation(expect: Expectation, { lastToolResult, turn }: Conversation): string | undefined {
  const shown = lastToolResult.slice(0, 500);
  const missing = expect.lastToolResultIncludes?.find((text) => !lastToolResult.includes(text));
  if (missing !== undefined)
    return `script: turn ${turn} expected a tool result with "${missing}" but got: ${shown}`;
  const present = expect.lastToolResultExcludes?.find((text) => lastToolResult.includes(text));
  if (present !== undefined)
    return `script: turn ${turn} expected no "${present}" in the tool result but got: ${shown}`;
  return undefined;
}

function toSend(frames: readonly string[]): Step[] {
  return frames.map((data) => ({ kind: 'send', data }));
}

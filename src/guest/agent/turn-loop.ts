import type { SessionUpdate, StopReason } from '@agentclientprotocol/sdk';
import type { CallResult, Message, ModelProvider, RequestedCall, StopKind } from './conversation.js';
import { malformed } from './model-error.js';
import { streamModelTurn } from './model-turn.js';
import type { RetryTimes } from './retry.js';
import { runCall } from './run-call.js';
import { systemPrompt } from './system-prompt.js';
import type { RunTool } from './tool-client.js';
import { toolSpecs } from './tool-specs.js';

export interface LoopParts {
  readonly provider: ModelProvider;
  readonly runTool: RunTool;
  readonly maxTurns: number;
  readonly retryTimes?: RetryTimes;
}

export type Report = (update: SessionUpdate) => Promise<void>;

/**
 * Answers the last message of `conversation`, which grows by what is said and done, and is left in a
 * state that a next prompt can go on from. Throws `ModelError`; on abort, the abort's error.
 */
export async function runLoop(
  parts: LoopParts,
  conversation: Message[],
  report: Report,
  signal: AbortSignal,
): Promise<StopReason> {
  // Made here, not at start-up, which they would slow down.
  const tools = toolSpecs();
  for (let turn = 0; turn < parts.maxTurns; turn++) {
    const stream = () => parts.provider.streamTurn(systemPrompt, conversation, tools, signal);
    const { blocks, stop } = await streamModelTurn(stream, report, signal, parts.retryTimes);
    const calls = blocks.flatMap((block) => (block.kind === 'call' ? [block.call] : []));
    if (stop === 'calls' && calls.length === 0) throw malformed('it stopped for a tool call but holds none');
    if (blocks.length > 0) conversation.push({ role: 'assistant', blocks });
    if (calls.length > 0) await answerCalls(parts, calls, stop, conversation, report, signal);
    // Some servers stop a turn that holds calls with the plain end; the calls count.
    if (calls.length === 0 || stop === 'length' || stop === 'refusal') return toStopReason(stop);
  }
  return 'max_turn_requests';
}

/** Every call gets its result in the conversation, whatever happens: an API refuses one without. */
async function answerCalls(
  parts: LoopParts,
  calls: readonly RequestedCall[],
  stop: StopKind,
  conversation: Message[],
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const results: CallResult[] = [];
  conversation.push({ role: 'results', results });
  try {
    for (const call of calls) {
      const refusal =
        stop === 'length' || stop === 'refusal' ? 'The answer was cut off; the call was not run.' : undefined;
      results.push({ id: call.id, ...(await runCall(parts.runTool, call, refusal, report, signal)) });
    }
  } finally {
    for (const { id } of calls.slice(results.length))
      results.push({ id, ok: false, text: 'Stopped by the user.' });
  }
}

function toStopReason(stop: StopKind): StopReason {
  if (stop === 'length') return 'max_tokens';
  return stop === 'refusal' ? 'refusal' : 'end_turn';
}

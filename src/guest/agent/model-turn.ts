import type { AssistantBlock, ModelEvent, StopKind } from './conversation.js';
import { truncated } from './model-error.js';
import { type RetryTimes, streamWithRetry } from './retry.js';
import type { Report } from './turn-loop.js';

export interface ModelTurn {
  readonly blocks: readonly AssistantBlock[];
  readonly stop: StopKind;
}

/** Streams one turn of the model to the client and returns it whole. */
export async function streamModelTurn(
  stream: () => AsyncIterable<ModelEvent>,
  report: Report,
  signal: AbortSignal,
  retryTimes?: RetryTimes,
): Promise<ModelTurn> {
  const blocks: AssistantBlock[] = [];
  const announced = new Set<string>();
  try {
    for await (const event of streamWithRetry(stream, signal, retryTimes)) {
      signal.throwIfAborted();
      if (event.kind === 'stop') return { blocks, stop: event.stop };
      if (event.kind === 'block') blocks.push(event.block);
      else if (event.kind === 'call-started') announced.add(event.id);
      await reportEvent(event, report);
    }
    throw truncated();
  } catch (error) {
    // The turn is given up, so the calls it announced will never run.
    for (const toolCallId of announced) {
      await report({ sessionUpdate: 'tool_call_update', toolCallId, status: 'failed' });
    }
    throw error;
  }
}

async function reportEvent(event: Exclude<ModelEvent, { kind: 'stop' }>, report: Report): Promise<void> {
  switch (event.kind) {
    case 'text':
      return report({ sessionUpdate: 'agent_message_chunk', content: { type: 'text', text: event.text } });
    case 'thought':
      return report({ sessionUpdate: 'agent_thought_chunk', content: { type: 'text', text: event.text } });
    case 'call-started':
      return report({
        sessionUpdate: 'tool_call',
        toolCallId: event.id,
        title: event.name,
        kind: 'other',
        status: 'pending',
      });
    case 'usage':
      // The size of the model's context is not known here; 0 says so.
      return report({ sessionUpdate: 'usage_update', used: event.contextTokens, size: 0 });
    case 'block':
      return;
  }
}

import * as z from 'zod';
import { type ToolCall, toolCall, toolNames } from '../../protocol/tools.js';
import type { RequestedCall } from './conversation.js';
import type { RunTool, ToolOutcome } from './tool-client.js';
import { viewResult, viewTool } from './tool-view.js';
import type { Report } from './turn-loop.js';

/** Above the tool proxy's own bound, whose marker says what was cut. */
const MAX_RESULT_CHARS = 320 * 1024;

/**
 * Runs one call of the model, or refuses it, and shows it. The outcome is what the model reads next;
 * only an abort is thrown.
 */
export async function runCall(
  runTool: RunTool,
  requested: RequestedCall,
  refusal: string | undefined,
  report: Report,
  signal: AbortSignal,
): Promise<ToolOutcome> {
  const toolCallId = requested.id;
  const finish = async (outcome: ToolOutcome) => {
    const status = outcome.ok ? 'completed' : 'failed';
    await report({
      sessionUpdate: 'tool_call_update',
      toolCallId,
      status,
      content: viewResult(outcome.text),
    });
    return outcome;
  };
  const checked = refusal === undefined ? checkCall(requested) : { problem: refusal };
  if ('problem' in checked) return finish({ ok: false, text: checked.problem });
  const view = viewTool(checked.call);
  await report({ sessionUpdate: 'tool_call_update', toolCallId, status: 'in_progress', ...view });
  try {
    signal.throwIfAborted();
    const { ok, text } = await runTool(checked.call, signal);
    const shown = await finish({ ok, text: text || (ok ? 'Done.' : 'Failed.') });
    return { ok, text: cutMiddle(shown.text) };
  } catch (error) {
    await report({ sessionUpdate: 'tool_call_update', toolCallId, status: 'failed' });
    throw error;
  }
}

function checkCall({ name, input, json }: RequestedCall): { call: ToolCall } | { problem: string } {
  if (!toolNames.some((known) => known === name)) {
    return { problem: `There is no tool of this name. The tools are: ${toolNames.join(', ')}.` };
  }
  if (input === undefined) {
    return {
      problem: `The input is not a JSON object (${json.length} characters); nothing was run. Send it again.`,
    };
  }
  const parsed = toolCall.safeParse({ tool: name, input });
  if (parsed.success) return { call: parsed.data };
  return { problem: `The input is wrong; nothing was run.\n${z.prettifyError(parsed.error)}` };
}

function cutMiddle(text: string): string {
  if (text.length <= MAX_RESULT_CHARS) return text;
  const half = MAX_RESULT_CHARS / 2;
  const cut = text.length - MAX_RESULT_CHARS;
  return `${text.slice(0, half)}\n[… ${cut} characters left out …]\n${text.slice(-half)}`;
}

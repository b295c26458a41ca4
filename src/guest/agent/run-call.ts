import { toolNames } from '../../protocol/tools.js';
import { checkCall, cutMiddle } from './check-call.js';
import type { RequestedCall } from './conversation.js';
import type { RunTool, ToolOutcome } from './tool-client.js';
import { viewResult, viewTool } from './tool-view.js';
import type { Report } from './turn-loop.js';

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
  const checked = refusal === undefined ? check(requested) : { problem: refusal };
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

function check({ name, input, json }: RequestedCall): ReturnType<typeof checkCall> {
  if (input !== undefined || !toolNames.some((known) => known === name)) return checkCall({ name, input });
  return {
    problem: `The input is not a JSON object (${json.length} characters); nothing was run. Send it again.`,
  };
}

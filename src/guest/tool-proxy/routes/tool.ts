import { limits } from '../../../protocol/limits.js';
import { toolRequest } from '../../../protocol/tool-proxy.js';
import type { ToolResult } from '../../../protocol/tools.js';
import type { Context, ToolAnswer } from '../context.js';
import type { Exchange } from '../exchange.js';
import { runTool } from '../tools/run-tool.js';

/** Runs one tool call: its output as it comes, then one result. */
export async function handleTool(context: Context, exchange: Exchange): Promise<void> {
  const { call } = await exchange.readJson(toolRequest);
  const answer = await runTool(
    {
      context,
      signal: exchange.signal,
      // Not waited for: live output is bounded by `outputBytes`.
      emit: (output) => void exchange.sendLine(output),
    },
    call,
  );
  await exchange.sendLine(fitLine(answer));
  exchange.stream.end();
}

/** JSON can be six times as long as its text; the line bound holds all the same. */
function fitLine(answer: ToolAnswer): ToolResult {
  let result: ToolResult = { type: 'result', ...answer };
  while (Buffer.byteLength(JSON.stringify(result)) > limits.jsonBytes - 1) {
    const kept = Math.floor(result.text.length / 2);
    result = { ...result, text: `${result.text.slice(0, kept)}\n[airlock: cut, the answer is too long]\n` };
  }
  return result;
}

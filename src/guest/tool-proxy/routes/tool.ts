import { limits } from '../../../protocol/limits.js';
import { type ToolMessage, type ToolReply, toolMessage } from '../../../protocol/tool-proxy.js';
import type { ToolResult } from '../../../protocol/tools.js';
import type { Context, ToolAnswer } from '../context.js';
import { type Exchange, RouteError } from '../exchange.js';
import { runTool } from '../tools/run-tool.js';

const MAX_CALLS = 128;
/** What stands around a result in its line. */
const FRAME_BYTES = 64;

interface RunningCall {
  readonly controller: AbortController;
  readonly done: Promise<void>;
}

/** Runs the calls as they come, side by side: the output of each as it comes, then its one result. */
export async function handleTool(context: Context, exchange: Exchange): Promise<void> {
  const running = new Map<number, RunningCall>();
  const cancelAll = () => {
    for (const { controller } of running.values()) controller.abort();
  };
  exchange.signal.addEventListener('abort', cancelAll);
  try {
    for await (const message of exchange.readLines(toolMessage)) {
      const known = running.get(message.id);
      if (message.kind === 'cancel') {
        known?.controller.abort();
        continue;
      }
      if (known !== undefined) throw new RouteError(409, `call ${message.id} is running`);
      if (running.size >= MAX_CALLS) throw new RouteError(409, `more than ${MAX_CALLS} calls at once`);
      const controller = new AbortController();
      const done = runCall(context, exchange, message, controller.signal).finally(() =>
        running.delete(message.id),
      );
      running.set(message.id, { controller, done });
    }
    await Promise.all([...running.values()].map(({ done }) => done));
    exchange.endLines();
  } catch (error) {
    cancelAll();
    throw error;
  }
}

async function runCall(
  context: Context,
  exchange: Exchange,
  { id, call }: Extract<ToolMessage, { kind: 'call' }>,
  signal: AbortSignal,
): Promise<void> {
  const send = (event: ToolReply['event']) => exchange.sendLine({ id, event } satisfies ToolReply);
  // Output is not waited for: it is bounded by `outputBytes`.
  const answer = await runTool({ context, signal, emit: (output) => void send(output) }, call);
  await send(fitLine(answer));
}

/** JSON can be six times as long as its text; the line bound holds all the same. */
function fitLine(answer: ToolAnswer): ToolResult {
  let result: ToolResult = { type: 'result', ...answer };
  while (Buffer.byteLength(JSON.stringify(result)) > limits.jsonBytes - FRAME_BYTES) {
    const kept = Math.floor(result.text.length / 2);
    result = { ...result, text: `${result.text.slice(0, kept)}\n[airlock: cut, the answer is too long]\n` };
  }
  return result;
}

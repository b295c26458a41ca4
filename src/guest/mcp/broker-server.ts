import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import {
  CallToolRequestSchema,
  type CallToolResult,
  ListToolsRequestSchema,
  type ServerNotification,
  type ServerRequest,
} from '@modelcontextprotocol/sdk/types.js';
import { checkCall, cutMiddle } from '../agent/check-call.js';
import type { RunTool } from '../agent/tool-client.js';
import { PREFIX, toolList } from './tool-list.js';
import { toWorkspacePaths } from './workspace-paths.js';

const MAX_CALLS = 64;
/** Clients give a call up after a minute or so without a sign of life. */
const PROGRESS_MS = 5_000;

type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;

/** The broker's tools as an MCP server. Policy and people decide on the host; a denial is a result to read. */
export function createBrokerServer(runTool: RunTool, progressMs = PROGRESS_MS): Server {
  const server = new Server({ name: 'airlock', version: '1' }, { capabilities: { tools: {} } });
  const tools = toolList();
  let running = 0;
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, extra) => {
    if (running >= MAX_CALLS) return failure(`More than ${MAX_CALLS} calls at once; nothing was run.`);
    running += 1;
    const stopProgress = reportProgress(extra, progressMs);
    try {
      return await callTool(runTool, params.name, params.arguments ?? {}, extra.signal);
    } finally {
      stopProgress();
      running -= 1;
    }
  });
  return server;
}

async function callTool(
  runTool: RunTool,
  name: string,
  input: Record<string, unknown>,
  signal: AbortSignal,
): Promise<CallToolResult> {
  const checked = checkCall({ name, input: toWorkspacePaths(input), prefix: PREFIX });
  if ('problem' in checked) return failure(checked.problem);
  const { ok, text } = await runTool(checked.call, signal);
  return { content: [{ type: 'text', text: cutMiddle(text || (ok ? 'Done.' : 'Failed.')) }], isError: !ok };
}

function failure(text: string): CallToolResult {
  return { content: [{ type: 'text', text }], isError: true };
}

/** Tells a client that asked for it that the call still runs; also while a person is being asked. */
function reportProgress({ _meta, sendNotification }: Extra, everyMs: number): () => void {
  const progressToken = _meta?.progressToken;
  if (progressToken === undefined) return () => undefined;
  const started = Date.now();
  let count = 0;
  const timer = setInterval(() => {
    count += 1;
    const message = `still running after ${Math.round((Date.now() - started) / 1000)} s`;
    const params = { progressToken, progress: count, message };
    // A client that is gone ends the server by its closed stdin.
    sendNotification({ method: 'notifications/progress', params }).catch(() => undefined);
  }, everyMs);
  return () => clearInterval(timer);
}

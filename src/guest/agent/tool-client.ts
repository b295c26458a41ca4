import type { IncomingMessage } from 'node:http';
import { describeError } from '../../base/errors.js';
import { limits } from '../../protocol/limits.js';
import { readBounded, readLines } from '../../protocol/ndjson.js';
import { routeError } from '../../protocol/tool-proxy.js';
import { type ToolCall, type ToolResult, toolEvent } from '../../protocol/tools.js';
import { type BridgeAddress, postJson } from './bridge-http.js';

const MAX_ERROR_BYTES = 64 * 1024;
const MAX_EVENTS = 100_000;

export interface ToolOutcome {
  readonly ok: boolean;
  readonly text: string;
}

export type RunTool = (call: ToolCall, signal: AbortSignal) => Promise<ToolOutcome>;

/**
 * Calls a tool through the bridge. A denial, a failed tool and a bridge that does not answer are all
 * outcomes for the model to read; only an abort is thrown.
 */
export function bridgeTools(bridge: BridgeAddress): RunTool {
  return async (call, signal) => {
    try {
      const headers = { authorization: `Bearer ${bridge.token}` };
      const response = await postJson(
        bridge,
        `/tools/${call.tool}`,
        JSON.stringify(call.input),
        headers,
        signal,
      );
      try {
        if (response.statusCode !== 200) return { ok: false, text: await describeRefusal(response) };
        return toOutcome(await readResult(response));
      } finally {
        response.destroy();
      }
    } catch (error) {
      signal.throwIfAborted();
      return { ok: false, text: `The tool could not be run: ${describeError(error)}` };
    }
  };
}

async function readResult(response: IncomingMessage): Promise<ToolResult> {
  let count = 0;
  // A line holds JSON of at most `jsonBytes` of text; escaping may make it up to six times as long.
  for await (const line of readLines(response, 6 * limits.jsonBytes)) {
    const event = toolEvent.parse(JSON.parse(line));
    if (event.type === 'result') return event;
    count += 1;
    if (count > MAX_EVENTS) throw new Error('it sends too many events');
  }
  throw new Error('its answer broke off');
}

function toOutcome({ ok, text, denied }: ToolResult): ToolOutcome {
  if (denied === undefined) return { ok, text };
  return { ok: false, text: text || `The policy denied this (${denied.rule}): ${denied.reason}` };
}

async function describeRefusal(response: IncomingMessage): Promise<string> {
  const body = (await readBounded(response, MAX_ERROR_BYTES)).toString('utf8');
  try {
    return routeError.parse(JSON.parse(body)).error;
  } catch {
    // Not our error shape: the status says enough.
    return `The tool was refused with HTTP ${response.statusCode}.`;
  }
}

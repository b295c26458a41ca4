import type { Writable } from 'node:stream';
import { describeError } from '../../base/errors.js';
import { toVisibleLine } from '../../base/visible-text.js';
import type { Decision } from '../../policy/decision.js';
import type { Plan } from '../../policy/evaluate.js';
import type { CommandDecision } from '../../policy/plan-script.js';
import { type ToolCall, type ToolName, type ToolResult, toolCall } from '../../protocol/tools.js';
import { titleOf } from '../agent/tool-title.js';
import type { AnswerRecord } from '../questions/question.js';
import type { QuestionDesk, Settled } from '../questions/question-desk.js';
import type { ToolRequest } from '../roads/bridge-server.js';
import type { ProxyClient } from '../roads/proxy-client.js';

const MAX_CONCURRENT = 8;

export interface BrokerOptions {
  /** Settles when the sandbox's secrets are hidden and its tools may run. */
  readonly proxy: Promise<Pick<ProxyClient, 'tool'>>;
  readonly decide: (call: ToolCall) => Plan;
  /** Where a decision of `ask` is settled. */
  readonly desk: Pick<QuestionDesk, 'settle'>;
  readonly observer: BrokerObserver;
}

/** Told of everything the broker decides and does, in order. */
export interface BrokerObserver {
  onCall(callId: string, tool: ToolName, title: string): void;
  onDecision(
    callId: string,
    call: ToolCall,
    settled: Settled,
    /** The programs of a command, with the decision on each. */
    commands: readonly CommandDecision[],
  ): void;
  onOutput(callId: string, text: string): void;
  onResult(callId: string, tool: ToolName, result: ToolResult): void;
  onRefusal(tool: string, reason: string): void;
}

/** The host's tool broker: the one place where a request of the agent is judged, recorded and sent on. */
export class ToolBroker {
  readonly #options: BrokerOptions;
  #count = 0;
  #running = 0;

  constructor(options: BrokerOptions) {
    this.#options = options;
    // A call that waits for it reports the failure; there may be none.
    options.proxy.catch(() => undefined);
  }

  async handle(request: ToolRequest): Promise<void> {
    const answer = request.respond();
    const finish = (result: ToolResult) => answer.end(`${JSON.stringify(result)}\n`);
    const call = parseCall(request);
    if (!call.ok) {
      this.#options.observer.onRefusal(toVisibleLine(request.tool, 64), call.reason);
      finish(failure(`invalid request: ${call.reason}`));
      return;
    }
    if (this.#running >= MAX_CONCURRENT) {
      this.#options.observer.onRefusal(call.value.tool, 'too many calls at once');
      finish(failure(`more than ${MAX_CONCURRENT} tool calls at once`));
      return;
    }
    this.#running += 1;
    try {
      finish(await this.#run(call.value, answer, request.signal));
    } finally {
      this.#running -= 1;
    }
  }

  async #run(call: ToolCall, answer: Writable, signal: AbortSignal): Promise<ToolResult> {
    const { observer } = this.#options;
    this.#count += 1;
    const callId = `t${this.#count}`;
    observer.onCall(callId, call.tool, titleOf(call));
    const plan = this.#options.decide(call);
    const settled = await this.#options.desk.settle(call, plan, signal);
    observer.onDecision(callId, call, settled, plan.commands ?? []);
    const { decision, answer: said } = settled;
    const result =
      decision.decision === 'allow'
        ? await this.#execute(callId, call, answer, signal)
        : denial(decision, said);
    observer.onResult(callId, call.tool, result);
    return result;
  }

  async #execute(callId: string, call: ToolCall, answer: Writable, signal: AbortSignal): Promise<ToolResult> {
    try {
      const proxy = await this.#options.proxy;
      const onOutput = (output: { text: string }) => {
        this.#options.observer.onOutput(callId, output.text);
        if (!answer.destroyed) answer.write(`${JSON.stringify(output)}\n`);
      };
      return await proxy.tool(call, onOutput, signal);
    } catch (error) {
      return failure(signal.aborted ? 'cancelled' : describeError(error).slice(0, 2000));
    }
  }
}

type Parsed = { ok: true; value: ToolCall } | { ok: false; reason: string };

function parseCall(request: ToolRequest): Parsed {
  let input: unknown;
  try {
    input = JSON.parse(request.body.toString('utf8'));
  } catch {
    return { ok: false, reason: 'the input is not JSON' };
  }
  const parsed = toolCall.safeParse({ tool: request.tool, input });
  if (parsed.success) return { ok: true, value: parsed.data };
  const [issue] = parsed.error.issues;
  return {
    ok: false,
    reason: toVisibleLine(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'malformed'}`),
  };
}

function denial({ rule, reason }: Decision, said: AnswerRecord | undefined): ToolResult {
  const who = said?.by === 'user' ? 'denied by the user' : 'denied by policy';
  const note = said?.note === undefined ? '' : `\nThe user's note: ${said.note}`;
  return { type: 'result', ok: false, text: `${who} (${rule}): ${reason}${note}`, denied: { rule, reason } };
}

function failure(text: string): ToolResult {
  return { type: 'result', ok: false, text };
}

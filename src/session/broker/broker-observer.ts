import { toVisibleLine } from '../../base/visible-text.js';
import type { CommandDecision } from '../../policy/plan-script.js';
import { titleOf } from '../agent/tool-title.js';
import type { SessionEvent } from '../events.js';
import type { SessionAudit } from '../record/session-audit.js';
import type { BrokerObserver } from './broker.js';

const MAX_SHOWN = 32 * 1024;
const MAX_PARTS = 50;
const MAX_PART_CHARS = 300;

export interface ObserverParts {
  readonly audit: Pick<SessionAudit, 'append'>;
  readonly emit: (event: SessionEvent) => void;
  /** A tool that may have changed files has ended. */
  readonly onWorkspaceTouched: () => void;
}

/** Turns what the broker does into audit records and session events. */
export function observeBroker({ audit, emit, onWorkspaceTouched }: ObserverParts): BrokerObserver {
  const started = new Map<string, number>();
  return {
    onCall(callId, tool, title) {
      started.set(callId, performance.now());
      emit({ type: 'tool', callId, tool, title });
    },
    onDecision(callId, call, { decision, answer }, commands) {
      const said = answer && {
        answer: answer.answer,
        answeredBy: answer.by,
        waitedMs: Math.round(performance.now() - (started.get(callId) ?? performance.now())),
        ...(answer.remembered && {
          remembered: { scope: answer.remembered.scope, rules: [...answer.remembered.rules] },
        }),
        ...(answer.note === undefined ? {} : { note: answer.note }),
      };
      const parts = commands.slice(0, MAX_PARTS).map(toPart);
      audit.append({
        kind: 'tool',
        callId,
        tool: call.tool,
        summary: titleOf(call),
        ...decision,
        ...said,
        ...(parts.length > 0 && { commands: parts }),
      });
      emit({ type: 'decision', callId, tool: call.tool, ...decision });
    },
    onOutput(callId, text) {
      emit({ type: 'tool-output', callId, text: cut(text) });
    },
    onResult(callId, tool, result) {
      const ms = Math.round(performance.now() - (started.get(callId) ?? performance.now()));
      started.delete(callId);
      audit.append({
        kind: 'tool-end',
        callId,
        ok: result.ok,
        ms,
        ...(result.end === undefined ? {} : { exitCode: result.end.exitCode }),
        ...(result.denied === undefined ? {} : { denied: result.denied.rule }),
      });
      emit({ type: 'tool-result', callId, ok: result.ok, text: cut(result.text) });
      if (
        result.denied === undefined &&
        tool !== 'read_file' &&
        tool !== 'list_directory' &&
        tool !== 'search'
      ) {
        onWorkspaceTouched();
      }
    },
    onRefusal(tool, reason) {
      audit.append({
        kind: 'notice',
        level: 'warning',
        text: `a request for "${tool}" was refused: ${reason}`,
      });
    },
  };
}

function toPart({ text, decision: { decision, rule } }: CommandDecision) {
  return { text: toVisibleLine(text, MAX_PART_CHARS), decision, rule };
}

/** For display: the agent has the whole, the user interface holds thousands of these. */
function cut(text: string): string {
  return text.length <= MAX_SHOWN
    ? text
    : `${text.slice(0, MAX_SHOWN)}\n… (${text.length - MAX_SHOWN} more characters)`;
}

import { toVisibleLine, toVisibleText } from '../base/visible-text.js';
import type { Spend } from '../gateway/spend/spend.js';
import type { SessionEvent } from '../session/events.js';
import type { Change } from '../workspace/changes.js';

/** How a run is told to its user: people or programs. */
export interface Output {
  event(event: SessionEvent): void;
  change(change: Change): void;
  result(result: RunResult): void;
}

export interface RunResult {
  readonly outcome: 'completed' | 'cancelled' | 'failed';
  readonly sessionId: string;
  readonly detail: string;
  readonly changes: number;
  readonly applied: readonly string[];
  readonly conflicts: readonly { readonly path: string; readonly reason: string }[];
  /** Left for the user to decide in the editor. */
  readonly refused: readonly { readonly path: string; readonly reason: string }[];
  /** How to go on with what waits for review: command lines. */
  readonly next?: readonly string[];
  /** What its model calls used; absent when there was none. */
  readonly spend?: Spend;
  readonly phasesMs: Readonly<Record<string, number>>;
}

export function jsonOutput(write: (line: string) => void): Output {
  const print = (value: unknown) => write(`${JSON.stringify(value)}\n`);
  return {
    event: (event) => {
      if (event.type !== 'changes') print(event);
    },
    change: (change) => print({ type: 'change', ...summarise(change) }),
    result: (result) => print({ type: 'result', ...result }),
  };
}

export function humanOutput(write: (line: string) => void): Output {
  return {
    event: (event) => write(describeEvent(event)),
    change: (change) => {
      const { path, status, added, removed } = summarise(change);
      write(`  ${status.padEnd(8)} ${toVisibleLine(path)} (+${added} −${removed})\n`);
    },
    result: (result) => {
      write(`\n${result.outcome}: ${toVisibleText(result.detail)}\n`);
      write(`${result.changes} changes, ${result.applied.length} applied, session ${result.sessionId}\n`);
      if (result.spend !== undefined) write(`${describeSpend(result.spend)}\n`);
      for (const { path, reason } of result.conflicts)
        write(`  conflict ${toVisibleLine(path)}: ${toVisibleLine(reason)}\n`);
      for (const { path, reason } of result.refused)
        write(`  refused ${toVisibleLine(path)}: ${toVisibleLine(reason)}\n`);
      if (result.next !== undefined)
        write(`\nNothing else is written before you approve it. To go on:\n  ${result.next.join('\n  ')}\n`);
    },
  };
}

function describeSpend({ tokens, usd, unpriced, estimated }: Spend): string {
  const count = `${estimated ? 'about ' : ''}${tokens} tokens`;
  if (unpriced === tokens) return `${count}, no price known`;
  return `${count}, ${unpriced > 0 ? 'at least' : 'about'} $${usd.toFixed(3)}`;
}

function summarise(change: Change) {
  return {
    path: change.path,
    status: change.status,
    added: change.added,
    removed: change.removed,
    sha256: change.after.kind === 'file' ? change.after.sha256 : null,
    ...(change.reason === undefined ? {} : { reason: change.reason }),
  };
}

function describeEvent(event: SessionEvent): string {
  switch (event.type) {
    case 'phase':
      return `[${(event.atMs / 1000).toFixed(2)} s] ${event.phase}${event.detail ? `: ${event.detail}` : ''}\n`;
    case 'text':
      return toVisibleText(event.text);
    case 'decision':
      return event.decision === 'allow' ? '' : `\n  ${event.decision} (${event.rule}): ${event.reason}\n`;
    case 'tool':
      return `\n• ${event.title}\n`;
    case 'notice':
      return `\n${event.level}: ${event.text}\n`;
    default:
      return '';
  }
}

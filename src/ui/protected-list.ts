import { toVisibleLine } from '../base/visible-text.js';
import { type Row, rowRisks } from './rows.js';
import type { Translate } from './translate.js';

/** Lines of one question. */
const MAX_LINES = 10;
/** Names of a line that stands for several changes. */
const MAX_NAMES = 3;

/** What a question about protected changes says, and which of them it is about. */
export interface ProtectedList {
  readonly lines: readonly string[];
  readonly listed: readonly Row[];
}

/**
 * Each change with its reasons; many that are protected for the same reasons in one line. What would be too much for
 * one question is not in it.
 */
export function listProtected(rows: readonly Row[], t: Translate): ProtectedList {
  const groups = rows.length <= MAX_LINES ? rows.map((row) => [row]) : groupByReasons(rows);
  const taken = groups.slice(0, MAX_LINES);
  return { lines: taken.map((group) => describeGroup(group, t)), listed: taken.flat() };
}

function groupByReasons(rows: readonly Row[]): readonly (readonly Row[])[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const reasons = reasonsOf(row);
    const known = groups.get(reasons);
    if (known === undefined) groups.set(reasons, [row]);
    else known.push(row);
  }
  return [...groups.values()];
}

function describeGroup(group: readonly Row[], t: Translate): string {
  const [first] = group;
  const names = group.slice(0, MAX_NAMES).map(({ path }) => toVisibleLine(path, 120));
  const more = group.length - names.length;
  const named = more > 0 ? t('{0} and {1} more', names.join(', '), more) : names.join(', ');
  return `• ${named}: ${first === undefined ? '' : reasonsOf(first)}`;
}

function reasonsOf(row: Row): string {
  return [...new Set(rowRisks(row).map(({ reason }) => toVisibleLine(reason, 200)))].join('; ');
}

import { toVisibleLine } from '../base/visible-text.js';
import type { Check } from './check.js';
import { checks } from './checks/index.js';
import type { Facts } from './facts.js';
import { type DoctorSource, gatherFacts } from './gather-facts.js';
import type { DoctorReport, Finding } from './report.js';

export type { DoctorSource } from './gather-facts.js';

const MAX_LINE = 1500;

/** Gathers the facts and has every check judge them. */
export async function runDoctor(source: DoctorSource, airlock: string): Promise<DoctorReport> {
  return writeReport(await gatherFacts(source), airlock, new Date());
}

export function writeReport(facts: Facts, airlock: string, at: Date): DoctorReport {
  return {
    version: 1,
    airlock,
    at: at.toISOString(),
    findings: checks.map((check) => findingOf(check, facts)),
  };
}

/** The engine's own words are in the texts. */
function findingOf({ id, title, judge }: Check, facts: Facts): Finding {
  const verdict = judge(facts);
  return {
    id,
    title,
    status: verdict.status,
    reason: toVisibleLine(verdict.reason, MAX_LINE),
    ...(verdict.status === 'ok' ? {} : { fix: toVisibleLine(verdict.fix, MAX_LINE) }),
    ...(verdict.details === undefined
      ? {}
      : { details: verdict.details.map((line) => toVisibleLine(line, MAX_LINE)) }),
  };
}

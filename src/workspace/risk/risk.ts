import type { Change } from '../changes.js';
import { airlockSettings } from './airlock-settings.js';

/** Why a change is protected: it is never part of "approve all", and asked about once more on its own. */
export interface Risk {
  readonly rule: string;
  /** What the change could do, in a sentence without its end. */
  readonly reason: string;
}

/** One kind of risk; undefined when the change is none of it. Pure. */
export type RiskRule = (change: Change) => Risk | undefined;

const rules: readonly RiskRule[] = [airlockSettings];

/** Every reason why a change is protected; empty for an ordinary one. */
export function classifyRisks(change: Change): readonly Risk[] {
  return rules.map((rule) => rule(change)).filter((risk) => risk !== undefined);
}

import { toVisibleLine } from '../base/visible-text.js';
import type { Decision } from './decision.js';
import { denyScript } from './script-decisions.js';
import { NOT_DECIMAL, readDecimal } from './shell/decimal.js';
import { isKnown, type Value } from './value.js';

/**
 * Denies values that would be calculated with and in which bash could start programs. Others that are no numbers are
 * refused when it is known which of them it is.
 */
export function refuseNumbers(values: readonly Value[]): Decision | undefined {
  const bad = values.filter(isKnown).find((value) => readDecimal(value) === undefined && /[[$`]/.test(value));
  if (bad === undefined) return undefined;
  const shown = toVisibleLine(bad, 80);
  return denyScript('arithmetic.value', `"${shown}" ${NOT_DECIMAL}`);
}

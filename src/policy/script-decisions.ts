import type { Decision } from './decision.js';
import type { CommandDecision } from './plan-script.js';
import type { NameUse } from './shell/list-names.js';

/** Of several programs that may all run. */
export function summarise(commands: readonly CommandDecision[]): Decision | undefined {
  if (commands.length < 2) return undefined;
  const rules = [...new Set(commands.map(({ decision }) => decision.rule))];
  return { decision: 'allow', rule: rules.join(', '), reason: `all ${commands.length} commands are allowed` };
}

export const nothingRuns: Decision = { decision: 'allow', rule: 'command', reason: 'no program runs' };

export function denyScript(rule: string, reason: string): Decision {
  return { decision: 'deny', rule, reason };
}

export function denyUnset({ name, offset }: NameUse): Decision {
  const reason = `the variable $${name} is not set in this script (at character ${offset + 1})`;
  return denyScript('command.variable', reason);
}

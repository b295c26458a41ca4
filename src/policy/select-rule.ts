import { toVisibleLine } from '../base/visible-text.js';
import type { Decision } from './decision.js';
import type { CommandRule } from './policy.js';

/** What holds for this call: the program's rule with that of its sub-command folded in. */
export interface EffectiveRule extends CommandRule {
  /** `git.diff`, or the program's name. */
  readonly id: string;
}

export type Selection =
  | {
      readonly ok: true;
      readonly rule: EffectiveRule;
      /** Flags before the sub-command and the sub-command itself. */
      readonly head: readonly string[];
      readonly rest: readonly string[];
    }
  | { readonly ok: false; readonly decision: Decision };

/** Finds the sub-command, or says why the first argument is not allowed. */
export function selectRule(program: string, rule: CommandRule, args: readonly string[]): Selection {
  const leading = args.findIndex((word) => !rule.leadingFlags.includes(word));
  const at = leading < 0 ? args.length : leading;
  const first = args[at];
  const head = args.slice(0, at);
  if (rule.requireFirst && !fits(rule.requireFirst, first)) {
    return refuse(program, 'first', first, `must be one of: ${rule.requireFirst.join(', ')}`);
  }
  if (!rule.subcommands) return { ok: true, rule: { ...rule, id: program }, head, rest: args.slice(at) };
  if (first === undefined || !rule.subcommands.includes(first)) {
    return refuse(program, 'subcommand', first, `must be one of: ${rule.subcommands.join(', ')}`);
  }
  // A listed flag such as `python -c` keeps its place, so that its value is read as one.
  if (first.startsWith('-')) return { ok: true, rule: { ...rule, id: program }, head, rest: args.slice(at) };
  return { ok: true, rule: fold(program, rule, first), head: [...head, first], rest: args.slice(at + 1) };
}

function fold(program: string, rule: CommandRule, name: string): EffectiveRule {
  const own = Object.hasOwn(rule.subcommandRules, name) ? rule.subcommandRules[name] : undefined;
  const id = `${program}.${name}`;
  if (!own) return { ...rule, id };
  return {
    ...rule,
    id,
    forbiddenFlags: [...rule.forbiddenFlags, ...own.forbiddenFlags],
    allowedFlags: own.allowedFlags ?? rule.allowedFlags,
    options: { ...rule.options, ...own.options },
    forbiddenArgs: [...rule.forbiddenArgs, ...own.forbiddenArgs],
    maxArgs: Math.min(rule.maxArgs, own.maxArgs ?? rule.maxArgs),
    maxOperands: own.maxOperands ?? rule.maxOperands,
    textOperands: own.textOperands ?? rule.textOperands,
    insertFlags: [...rule.insertFlags, ...own.insertFlags],
  };
}

function fits(allowed: readonly string[], first: string | undefined): boolean {
  if (first === undefined) return false;
  return allowed.includes(first) || (allowed.includes('<file>') && !first.startsWith('-') && first !== '');
}

function refuse(program: string, part: string, first: string | undefined, rest: string): Selection {
  const what =
    first === undefined
      ? 'the first argument is missing; it'
      : `the first argument "${toVisibleLine(first, 80)}"`;
  return {
    ok: false,
    decision: { decision: 'deny', rule: `${program}.${part}`, reason: `${program}: ${what} ${rest}` },
  };
}

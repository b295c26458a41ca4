import type { Arguments, Flag } from './read-arguments.js';

export interface FlagRule {
  readonly forbiddenFlags: readonly string[];
  readonly allowedFlags?: readonly string[] | undefined;
  readonly options: Readonly<Record<string, 'text' | 'path'>>;
  readonly style: 'gnu' | 'whole';
}

/** The first flag that may not be used, with the forbidden spelling it stands for (none: not on the list). */
export interface FlagFinding {
  readonly flag: Flag;
  readonly forbidden?: string;
}

/** Restricts flags in every spelling that the program may understand. */
export function findBadFlag(rule: FlagRule, args: Arguments): FlagFinding | undefined {
  for (const flag of args.flags) {
    const forbidden = rule.forbiddenFlags.find((name) => means(rule, flag, name));
    if (forbidden !== undefined) return { flag, forbidden };
    if (!isListed(rule, flag)) return { flag };
  }
  return undefined;
}

function isListed(rule: FlagRule, flag: Flag): boolean {
  if (rule.allowedFlags === undefined) return true;
  return rule.allowedFlags.includes(flag.name) || Object.hasOwn(rule.options, flag.name);
}

function means(rule: FlagRule, flag: Flag, forbidden: string): boolean {
  if (flag.name === forbidden) return true;
  if (rule.style === 'whole' || !forbidden.startsWith('--')) return false;
  return isAbbreviation(rule, flag, forbidden);
}

/** getopt and nopt accept a long option's beginning; nopt also any number of dashes before it. */
function isAbbreviation(rule: FlagRule, flag: Flag, forbidden: string): boolean {
  const known = Object.hasOwn(rule.options, flag.name) || rule.allowedFlags?.includes(flag.name);
  if (known || flag.kind !== 'unknown') return false;
  const spelled = (flag.word.split('=', 1)[0] ?? '').toLowerCase();
  const name = spelled.replace(/^-+/, '');
  const shortest = spelled.startsWith('--') ? 1 : 3;
  return name.length >= shortest && forbidden.slice(2).startsWith(name);
}

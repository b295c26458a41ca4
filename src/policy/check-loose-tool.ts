import { toVisibleLine } from '../base/visible-text.js';
import type { WorkspacePath } from '../base/workspace-path.js';
import type { Refused } from './check-tool.js';
import { refusePath } from './check-value.js';
import type { CommandRule, Policy } from './policy.js';
import { beginning, exampleOf, isKnown, type Value, withoutStart } from './value.js';

/**
 * Checks a tool that the policy lists but Airlock has no table of. What its options mean is not known, so on doubt a
 * word is a flag, a value a path, and a forbidden flag is caught in every form that common tools understand.
 */
export function checkLooseTool(
  policy: Policy,
  rule: CommandRule,
  words: readonly Value[],
  cwd: WorkspacePath,
): Refused | undefined {
  if (rule.subcommands !== undefined) {
    const names = Array.isArray(rule.subcommands) ? rule.subcommands : Object.keys(rule.subcommands);
    const [first] = words;
    if (first === undefined || !isKnown(first) || !names.includes(first))
      return refuse('subcommand', `the first argument must be one of: ${names.join(', ')}`);
  }
  for (const word of words) {
    const refused = checkWord(policy, rule, word, cwd);
    if (refused !== undefined) return refused;
  }
  const operands = words.filter((word) => !beginning(word).startsWith('-'));
  if (rule.maxOperands !== undefined && operands.length > rule.maxOperands)
    return refuse('count', `more than ${rule.maxOperands} arguments that are no flags`);
  return undefined;
}

function checkWord(policy: Policy, rule: CommandRule, word: Value, cwd: WorkspacePath): Refused | undefined {
  const shown = toVisibleLine(exampleOf(word), 80);
  const start = beginning(word);
  if (isKnown(word) && rule.forbiddenArgs.includes(word))
    return refuse('argument', `the argument "${shown}" is forbidden`);
  if (!start.startsWith('-') || start === '-') return checkPath(policy, rule, word, cwd);
  const forbidden = rule.forbiddenFlags.find((flag) => couldMean(start, flag));
  if (forbidden !== undefined)
    return refuse('flag', `the flag "${shown}" is forbidden (it can mean ${forbidden})`);
  const name = start.split('=', 1)[0] ?? '';
  if (rule.allowedFlags !== undefined && !rule.allowedFlags.includes(name))
    return refuse('flag', `the flag "${shown}" is not on the list of allowed flags`);
  for (const value of gluedValues(word)) {
    const refused = checkPath(policy, rule, value, cwd);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

function checkPath(policy: Policy, rule: CommandRule, word: Value, cwd: WorkspacePath): Refused | undefined {
  if (rule.pathArguments === 'any') return undefined;
  const reason = refusePath(policy, 'read', word, cwd);
  return reason === undefined ? undefined : refuse('path', reason);
}

/** `-rf` can be `-r -f`; `--forc`, `-force` and `--force=x` can be `--force`. */
function couldMean(word: string, forbidden: string): boolean {
  const spelled = (word.split('=', 1)[0] ?? '').toLowerCase();
  if (word === forbidden || word.startsWith(`${forbidden}=`)) return true;
  if (!forbidden.startsWith('--')) {
    const letter = forbidden.slice(1);
    return letter.length === 1 && !word.startsWith('--') && word.slice(1).includes(letter);
  }
  const name = spelled.replace(/^-+/, '');
  return name.length >= (spelled.startsWith('--') ? 1 : 3) && forbidden.slice(2).startsWith(name);
}

/** What may be a value behind the letters of `-I../x`, `-xf/etc/passwd` or `--file=/etc/passwd`. */
function gluedValues(word: Value): readonly Value[] {
  const start = beginning(word);
  const cuts = [
    start.indexOf('=') + 1,
    start.startsWith('--') ? 0 : 2,
    start.indexOf('/'),
    start.indexOf('..'),
  ];
  return cuts.filter((cut) => cut > 0 && cut <= start.length).map((cut) => withoutStart(word, cut));
}

function refuse(part: string, reason: string): Refused {
  return { ok: false, part, reason };
}

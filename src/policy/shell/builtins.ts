import { exampleOf, isKnown, type Value } from '../value.js';
import type { Simple } from './ast.js';
import { literalText } from './literal-text.js';
import { parseRead } from './read-arguments.js';
import { parseSet } from './shell-options.js';

/** What the interpreter does itself; no program starts. */
const builtins = [
  ...[
    'cd',
    ':',
    'true',
    'false',
    'echo',
    'pwd',
    'exit',
    'break',
    'continue',
    'export',
    'unset',
    'set',
    'read',
  ],
] as const;

export type Builtin = (typeof builtins)[number];

export function isBuiltin(name: string): name is Builtin {
  return builtins.some((builtin) => builtin === name);
}

/** Why a builtin may not be called like this, where its words become `args`; undefined when it may. */
export function refuseBuiltin(name: Builtin, args: readonly Value[], command: Simple): string | undefined {
  if (name === 'read') return refuseRead(command);
  if (command.assignments.length > 0) return 'a variable cannot be set for it';
  switch (name) {
    case 'set': {
      if (!args.every(isKnown)) return 'its options must be plain words';
      const change = parseSet(args);
      return typeof change === 'string' ? change : undefined;
    }
    case 'cd':
      if (args.length !== 1) return 'give it one directory';
      return exampleOf(args[0] ?? '').startsWith('-') ? 'it takes no options here' : undefined;
    case 'export':
      return args.every((arg) => /^[A-Za-z_][A-Za-z0-9_]*(?:=|$)/.test(exampleOf(arg)))
        ? undefined
        : 'it takes only NAME or NAME=value';
    case 'unset':
      return args.every((arg) => isKnown(arg) && /^[A-Za-z_][A-Za-z0-9_]*$/.test(arg))
        ? undefined
        : 'it takes only names';
    case 'pwd':
      return args.every((arg) => arg === '-L' || arg === '-P') ? undefined : 'it takes only -L or -P';
    case 'exit':
    case 'break':
    case 'continue':
      return args.length <= 1 && args.every((arg) => !isKnown(arg) || /^\d{1,3}$/.test(arg))
        ? undefined
        : 'it takes one number';
    default:
      return undefined;
  }
}

/** What it sets must be told by its text alone, for `collectVariables` finds it there. */
function refuseRead({ words, assignments }: Simple): string | undefined {
  const [program, ...args] = words.map(literalText);
  if (program === undefined || !args.every((arg) => arg !== undefined))
    return 'its options and names must be plain words';
  // A separator of two UTF-16 units would part others in their middle.
  const isPlain = (text: string | undefined) => text !== undefined && !/[\ud800-\udfff]/.test(text);
  if (assignments.some(({ name, value }) => name !== 'IFS' || !isPlain(literalText(value))))
    return 'only IFS can be set for it, to a plain text';
  const parsed = parseRead(args);
  return typeof parsed === 'string' ? parsed : undefined;
}

import { exampleOf, isKnown, type Value } from '../value.js';

/** What the interpreter does itself; no program starts. */
const builtins = [
  ...['cd', ':', 'true', 'false', 'echo', 'pwd', 'exit', 'break', 'continue', 'export', 'unset'],
] as const;

export type Builtin = (typeof builtins)[number];

export function isBuiltin(name: string): name is Builtin {
  return builtins.some((builtin) => builtin === name);
}

/** Why a builtin may not be called like this; undefined when it may. */
export function refuseBuiltin(name: Builtin, args: readonly Value[]): string | undefined {
  switch (name) {
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

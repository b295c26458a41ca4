import { checkWorkspacePath, type WorkspacePath } from '../base/workspace-path.js';
import type { Arguments, Flag } from './read-arguments.js';

export interface PathRule {
  readonly pathArguments: 'workspace' | 'any';
  readonly textOperands?: { readonly count: number; readonly unless: readonly string[] } | undefined;
}

export interface PathFinding {
  readonly word: string;
  readonly reason: string;
}

/** Files outside the workspace that hold nothing. */
const harmless = ['/dev/null'];

/** Restricts every argument that may be a path to the workspace. `cwd` is below the workspace root. */
export function findBadPath(rule: PathRule, args: Arguments, cwd: WorkspacePath): PathFinding | undefined {
  if (rule.pathArguments === 'any') return undefined;
  for (const operand of pathOperands(rule, args)) {
    const reason = leaves(operand, cwd);
    if (reason !== undefined) return { word: operand, reason };
  }
  for (const flag of args.flags) {
    for (const value of pathValues(flag)) {
      const reason = leaves(value, cwd);
      if (reason !== undefined) return { word: flag.word, reason };
    }
  }
  return undefined;
}

/** The operands that are paths, by the rule. */
export function pathOperands(rule: PathRule, args: Arguments): readonly string[] {
  const text = rule.textOperands;
  if (!text || args.flags.some((flag) => text.unless.some((name) => givesText(flag, name))))
    return args.operands;
  return args.operands.slice(text.count);
}

/** A path as the program would open it from `cwd`, in the workspace's terms; undefined when it leaves it. */
export function resolveOperand(operand: string, cwd: WorkspacePath): WorkspacePath | undefined {
  const check = checkWorkspacePath(operand.startsWith('/') ? operand : `/workspace/${cwd}/${operand}`);
  return check.ok ? check.path : undefined;
}

function leaves(path: string, cwd: WorkspacePath): string | undefined {
  if (path === '' || harmless.includes(path)) return undefined;
  const check = checkWorkspacePath(path.startsWith('/') ? path : `/workspace/${cwd}/${path}`);
  return check.ok ? undefined : check.reason;
}

/** On doubt the pattern was given by the option, so the operands are paths. */
function givesText(flag: Flag, name: string): boolean {
  if (flag.name === name) return true;
  return name.startsWith('--') && flag.name.length > 2 && name.startsWith(flag.name);
}

function pathValues(flag: Flag): readonly string[] {
  if (flag.kind === 'text') return [];
  if (flag.value !== undefined) return [flag.value];
  if (flag.kind === 'path' || flag.word.startsWith('--')) return [];
  return gluedValues(flag.word);
}

/** What may be a value behind the letters of `-I../x` or `-xf/etc/passwd`, whose letters we do not know. */
function gluedValues(word: string): readonly string[] {
  const values = [word.slice(2)];
  const slash = word.indexOf('/');
  if (slash > 0 && /^-[A-Za-z0-9]*$/.test(word.slice(0, slash))) values.push(word.slice(slash));
  const up = word.indexOf('..');
  if (up > 0) values.push(word.slice(up));
  return values;
}

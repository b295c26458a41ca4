import { toVisibleLine } from '../base/visible-text.js';
import type { WorkspacePath } from '../base/workspace-path.js';
import type { Policy } from './policy.js';
import { resolvePath } from './resolve-path.js';
import { exampleOf, isKnown, type Value } from './value.js';

/** Why a program may not get this variable; undefined when it may. Only listed names pass: the others steer programs. */
export function refuseAssignment(
  policy: Policy,
  name: string,
  value: Value,
  cwd: WorkspacePath,
): string | undefined {
  if (policy.anyCommand) return undefined;
  const rule = Object.hasOwn(policy.assignments, name) ? policy.assignments[name] : undefined;
  if (rule === undefined) return `the policy does not allow to set the variable ${toVisibleLine(name, 60)}`;
  if (rule === 'any') {
    const outside = exampleOf(value)
      .split(':')
      .find((piece) => piece.startsWith('/') && resolvePath(piece, cwd) === undefined);
    return outside === undefined
      ? undefined
      : `${name}: "${toVisibleLine(outside, 80)}" leaves the workspace`;
  }
  if (rule === 'paths') {
    const outside = exampleOf(value)
      .split(':')
      .find((path) => resolvePath(path, cwd) === undefined);
    return outside === undefined
      ? undefined
      : `${name}: "${toVisibleLine(outside, 80)}" leaves the workspace`;
  }
  if (isKnown(value) && rule.some((allowed) => allowsValue(allowed, value))) return undefined;
  return `${name} may only be: ${rule.join(', ')}`;
}

/** `#` at the end stands for a number. */
export function allowsValue(allowed: string, value: string): boolean {
  if (!allowed.endsWith('#')) return allowed === value;
  const start = allowed.slice(0, -1);
  return value.startsWith(start) && /^\d+$/.test(value.slice(start.length));
}

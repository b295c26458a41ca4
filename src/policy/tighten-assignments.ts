import { allowsValue } from './check-assignment.js';
import type { DiagnosticList } from './diagnostics.js';
import type { Policy } from './policy.js';
import type { PolicyFragment } from './policy-fragment.js';
import { resolvePath } from './resolve-path.js';

type Rule = Policy['assignments'][string];

/** Variables are taken away, or may have fewer values. */
export function tightenAssignments(
  base: Policy,
  fragments: NonNullable<PolicyFragment['assignments']>,
  found: DiagnosticList,
): Policy['assignments'] {
  const assignments = { ...base.assignments };
  for (const [name, rule] of Object.entries(fragments)) {
    const path = ['assignments', name];
    const own = Object.hasOwn(assignments, name) ? assignments[name] : undefined;
    const outer = own ?? (base.anyCommand ? 'any' : undefined);
    if (rule === false) delete assignments[name];
    else if (outer === undefined) found.add(path, `a workspace cannot allow to set ${name}`);
    else {
      const narrowed = narrow(outer, rule, path, found);
      if (Array.isArray(narrowed) && narrowed.length === 0) delete assignments[name];
      else assignments[name] = narrowed;
    }
  }
  return assignments;
}

function narrow(outer: Rule, rule: Rule, path: readonly string[], found: DiagnosticList): Rule {
  if (outer === 'any' || rule === outer) return rule;
  if (!Array.isArray(rule)) {
    found.add(path, `"${rule}" is looser than what is allowed`);
    return outer;
  }
  return rule.filter((value, index) => {
    const isCovered = outer === 'paths' ? isInside(value) : covers(outer, value);
    if (!isCovered) found.add([...path, index], `the value "${value}" is not allowed`);
    return isCovered;
  });
}

function covers(outer: readonly string[], value: string): boolean {
  return outer.some((allowed) => allowed === value || (!value.endsWith('#') && allowsValue(allowed, value)));
}

/** In the workspace whatever the working directory is. */
function isInside(value: string): boolean {
  return value
    .split(':')
    .every((part) => !part.split('/').includes('..') && resolvePath(part, '') !== undefined);
}

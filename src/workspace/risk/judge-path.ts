import { toVisibleLine } from '../../base/visible-text.js';
import type { Change } from '../changes.js';
import { foldPath } from '../fold-name.js';
import { PathRules } from './path-rule.js';
import { manifests } from './paths/manifests.js';
import { pathRules } from './paths.js';
import type { Risk } from './risk.js';

const rules = new PathRules(pathRules);
const linkRules = new PathRules([...pathRules, manifests]);

/** What protects a change for its place alone. A deletion counts as well: what is not there protects nothing. */
export function judgePath({ path, before, after }: Change): readonly Risk[] {
  const names = foldPath(path);
  const isLink = before.kind === 'symlink' || after.kind === 'symlink';
  const own = isLink ? linkRules.matchLink(names) : rules.match(names);
  const found = [...own].map(({ rule, reason }) => ({ rule, reason }));
  if (after.kind !== 'symlink') return found;
  const led = linkRules.matchLink(resolveLink(names, after.target));
  const target = toVisibleLine(after.target, 100);
  const fromLink = [...led]
    .filter((rule) => !own.has(rule))
    .map(({ rule, reason }) => ({ rule, reason: `it is a link to "${target}", and ${reason}` }));
  return [...found, ...fromLink];
}

/** Where a link leads by its text alone, in folded names. What would be outside is taken for a place inside. */
function resolveLink(names: readonly string[], target: string): readonly string[] {
  const found = names.slice(0, -1);
  for (const part of target.split(/[/\\]/)) {
    if (part === '..') found.pop();
    else if (part !== '' && part !== '.') found.push(...foldPath(part));
  }
  return found;
}

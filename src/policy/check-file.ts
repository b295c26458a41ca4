import picomatch from 'picomatch';
import { toVisibleLine } from '../base/visible-text.js';
import { checkWorkspacePath, type WorkspacePath } from '../base/workspace-path.js';
import type { Decision } from './decision.js';
import type { Policy } from './policy.js';

/** Decides a file tool. Globs ignore case, because the real workspace's file system may. */
export function checkFile(policy: Policy, access: 'read' | 'write', input: string): Decision {
  const shown = toVisibleLine(input, 120);
  const check = checkWorkspacePath(input);
  if (!check.ok) return { decision: 'deny', rule: 'file.path', reason: `"${shown}": ${check.reason}` };
  const rules = policy.files[access];
  if (!rules.allowed) {
    return {
      decision: 'deny',
      rule: `file.${access}`,
      reason: `the policy "${policy.name}" does not allow to ${access} files`,
    };
  }
  const glob = findDeniedGlob(check.path, rules.denied);
  if (glob !== undefined) {
    return {
      decision: 'deny',
      rule: `file.${access}`,
      reason: `"${shown}" may not be ${access === 'read' ? 'read' : 'written'} (${glob})`,
    };
  }
  return { decision: 'allow', rule: `file.${access}`, reason: `"${shown}" is in the workspace` };
}

// `s`: a newline in a name must not hide the rest of it from a glob.
const matching = { dot: true, flags: 'is', windows: false };

/** The first glob that covers the path. */
export function findDeniedGlob(path: WorkspacePath, globs: readonly string[]): string | undefined {
  return globs.find((glob) => picomatch.isMatch(path, glob, matching));
}

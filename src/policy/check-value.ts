import { toVisibleLine } from '../base/visible-text.js';
import type { WorkspacePath } from '../base/workspace-path.js';
import { checkFile } from './check-file.js';
import type { Policy } from './policy.js';
import { resolvePath } from './resolve-path.js';
import { exampleOf, isKnown, type Value } from './value.js';

/** Not files, or files that hold nothing. */
const streams: Readonly<Record<'read' | 'write', readonly string[]>> = {
  read: ['-', '', '/dev/null', '/dev/stdin'],
  write: ['-', '', '/dev/null', '/dev/stdout', '/dev/stderr'],
};

/** Why this path may not be read or written; undefined when it may. A path made at run time is judged by its known part. */
export function refusePath(
  policy: Policy,
  access: 'read' | 'write',
  value: Value,
  cwd: WorkspacePath,
): string | undefined {
  const example = exampleOf(value);
  if (isKnown(value) && streams[access].includes(value)) return undefined;
  if (!isKnown(value) && access === 'write' && couldBeGit(value.prefix))
    return `"${show(example)}" could become .git when it runs`;
  const path = resolvePath(example, cwd);
  if (path === undefined) return `"${show(example)}" leaves the workspace`;
  if (path === '') return access === 'write' && !policy.files.write.allowed ? noWrites(policy) : undefined;
  const decision = checkFile(policy, access, path);
  return decision.decision === 'deny' ? decision.reason : undefined;
}

/** `.g*` can become `.git`: what is known of the last part of the path is the beginning of that name. */
export function couldBeGit(prefix: string): boolean {
  const last = prefix.slice(prefix.lastIndexOf('/') + 1).toLowerCase();
  return last !== '' && '.git'.startsWith(last);
}

function noWrites(policy: Policy): string {
  return `the policy "${policy.name}" does not allow to write files`;
}

function show(text: string): string {
  return toVisibleLine(text, 80);
}

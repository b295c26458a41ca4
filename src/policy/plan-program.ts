import type { WorkspacePath } from '../base/workspace-path.js';
import { checkCommand } from './check-command.js';
import { checkFile } from './check-file.js';
import { resolveOperand } from './check-paths.js';
import type { Decision } from './decision.js';
import type { Policy } from './policy.js';

/** One program about to run: every word is known. */
export interface ProgramCall {
  readonly argv: readonly string[];
  /** `NAME=value` before the program. */
  readonly assignments: Readonly<Record<string, string>>;
  /** Below the workspace root; '' is the root. */
  readonly cwd: WorkspacePath;
}

export interface ProgramPlan {
  readonly decision: Decision;
  /** What to run; absent when denied. */
  readonly argv?: readonly string[];
  /** Set on top of the guest's own few variables. */
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

/** Decides one program. Pure; the interpreter asks it before every start, with the words as they have become. */
export function planProgram(policy: Policy, { argv, assignments, cwd }: ProgramCall): ProgramPlan {
  const [name] = Object.keys(assignments);
  if (name !== undefined && !policy.anyCommand) {
    return {
      decision: {
        decision: 'deny',
        rule: 'command.assignment',
        reason: `the variable ${name} may not be set`,
      },
    };
  }
  const { decision, argv: planned, rule } = checkCommand(policy, argv, cwd);
  if (planned === undefined) return { decision };
  return {
    decision,
    argv: planned,
    env: { ...rule?.environment, ...assignments },
    ...(rule?.timeoutMs === undefined ? {} : { timeoutMs: rule.timeoutMs }),
  };
}

const DEVICE = '/dev/null';

/** Decides a redirection's target; `/dev/null` is always allowed. */
export function planRedirect(
  policy: Policy,
  access: 'read' | 'write',
  target: string,
  cwd: WorkspacePath,
): Decision {
  if (target === DEVICE) return { decision: 'allow', rule: 'redirect', reason: `${DEVICE} is allowed` };
  const path = resolveOperand(target, cwd);
  if (path === undefined)
    return { decision: 'deny', rule: 'redirect.path', reason: `"${target}" is outside the workspace` };
  return checkFile(policy, access, path);
}

import { checkWorkspacePath } from '../base/workspace-path.js';
import { checkCommand } from './check-command.js';
import { checkFile } from './check-file.js';
import type { Decision } from './decision.js';
import { parseCommand } from './parse-command.js';
import type { Policy } from './policy.js';

/** A tool request after the boundary, as far as the policy looks at it. */
export type PolicyCall =
  | { readonly tool: 'read_file'; readonly input: { readonly path: string } }
  | { readonly tool: 'write_file'; readonly input: { readonly path: string } }
  | { readonly tool: 'edit_file'; readonly input: { readonly path: string } }
  | { readonly tool: 'list_directory'; readonly input: { readonly path: string } }
  | { readonly tool: 'search'; readonly input: { readonly path: string } }
  | { readonly tool: 'run_command'; readonly input: CommandInput };

export interface CommandInput {
  readonly command: string;
  readonly cwd: string;
  readonly timeoutMs?: number | undefined;
}

export interface Plan {
  readonly decision: Decision;
  /** Present for a command that is not denied: exactly this runs. */
  readonly command?: PlannedCommand;
}

export interface PlannedCommand {
  readonly argv: readonly string[];
  /** Set on top of the guest's own few variables. */
  readonly env: Readonly<Record<string, string>>;
  /** Set when the call or the policy limits the time. */
  readonly timeoutMs?: number;
}

/** Decides one tool request. Pure: the same policy and call give the same plan. Everything not allowed is denied. */
export function planCall(policy: Policy, call: PolicyCall): Plan {
  switch (call.tool) {
    case 'read_file':
    case 'list_directory':
    case 'search':
      return { decision: checkFile(policy, 'read', call.input.path) };
    case 'write_file':
      return { decision: checkFile(policy, 'write', call.input.path) };
    case 'edit_file':
      return { decision: checkEdit(policy, call.input.path) };
    case 'run_command':
      return planCommand(policy, call.input);
    default:
      return {
        decision: { decision: 'deny', rule: 'default-deny', reason: 'the policy does not know this tool' },
      };
  }
}

/** An edit reads the file too: whether its old text matched tells what is in it. */
function checkEdit(policy: Policy, path: string): Decision {
  const read = checkFile(policy, 'read', path);
  return read.decision === 'deny' ? read : checkFile(policy, 'write', path);
}

function planCommand(policy: Policy, input: CommandInput): Plan {
  const cwd = checkWorkspacePath(input.cwd);
  if (!cwd.ok) return deny('command.cwd', `the working directory: ${cwd.reason}`);
  const parsed = parseCommand(input.command);
  if (!parsed.ok) return deny('command.syntax', `${parsed.reason} (at character ${parsed.offset + 1})`);
  const { decision, argv, rule } = checkCommand(policy, parsed.command.argv, cwd.path);
  if (!argv) return { decision };
  const limits = [input.timeoutMs, rule?.timeoutMs].filter((ms) => ms !== undefined);
  return {
    decision,
    command: {
      argv,
      env: { ...rule?.environment },
      ...(limits.length === 0 ? {} : { timeoutMs: Math.min(...limits) }),
    },
  };
}

function deny(rule: string, reason: string): Plan {
  return { decision: { decision: 'deny', rule, reason } };
}

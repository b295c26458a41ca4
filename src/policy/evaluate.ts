import { checkWorkspacePath, type WorkspacePath } from '../base/workspace-path.js';
import { checkFile } from './check-file.js';
import type { Decision } from './decision.js';
import { planProgram } from './plan-program.js';
import { type CommandDecision, planScript } from './plan-script.js';
import type { Policy } from './policy.js';
import type { Script } from './shell/ast.js';
import { parseScript } from './shell/parse.js';
import { toScript } from './shell/to-script.js';
import { unwrapArguments, unwrapShell } from './shell/unwrap-shell.js';

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
  /** The decision on each program of a command. */
  readonly commands?: readonly CommandDecision[];
}

export interface PlannedCommand {
  readonly script: Script;
  /** The policy wants the user to be asked; who runs it was told that the user agreed. */
  readonly asked: boolean;
  /** Set when the call limits the time. */
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
  const limit = input.timeoutMs === undefined ? {} : { timeoutMs: input.timeoutMs };
  const plan = planText(policy, input.command, cwd.path, limit);
  return plan.decision.decision === 'deny' && policy.anyCommand ? planBash(input.command, limit) : plan;
}

type Limit = Pick<PlannedCommand, 'timeoutMs'>;

function planText(policy: Policy, text: string, cwd: WorkspacePath, limit: Limit): Plan {
  const parsed = parseScript(text);
  if (!parsed.ok) {
    const reason = `${parsed.reason} (at character ${parsed.offset + 1})`;
    return deny(`command.syntax.${parsed.construct}`, reason);
  }
  const inner = mayStartShell(policy) ? undefined : unwrapShell(parsed.script);
  if (inner !== undefined) return planInner(policy, inner, cwd, limit);
  const { decision, commands } = planScript(policy, parsed.script, cwd);
  if (decision.decision === 'deny') return { decision, commands };
  const asked = decision.decision === 'ask';
  return { decision, commands, command: { script: parsed.script, asked, ...limit } };
}

/** Then `bash -c` is what it says. */
function mayStartShell(policy: Policy): boolean {
  return policy.anyCommand || Object.hasOwn(policy.commands, 'bash');
}

/** What a shell was asked to run is run in its place: no shell starts. */
function planInner(policy: Policy, text: string, cwd: WorkspacePath, limit: Limit): Plan {
  const plan = planText(policy, text, cwd, limit);
  if (plan.decision.decision !== 'deny') return plan;
  return {
    ...plan,
    decision: { ...plan.decision, reason: `in the script of bash: ${plan.decision.reason}` },
  };
}

/** Where any program is allowed, so is a shell; it understands what our subset does not. */
function planBash(text: string, limit: { readonly timeoutMs?: number }): Plan {
  if (text.includes('\0')) return deny('command.syntax', 'the command contains a NUL byte');
  const decision: Decision = {
    decision: 'allow',
    rule: 'any-command',
    reason: 'run by bash as it is: the container alone is the boundary',
  };
  return { decision, command: { script: toScript(['bash', '-c', text]), asked: false, ...limit } };
}

/** A list of arguments, decided as a command of just these words. */
export function planArguments(
  policy: Policy,
  argv: readonly string[],
  assignments: Readonly<Record<string, string>>,
  cwd: string,
): Plan {
  const directory = checkWorkspacePath(cwd);
  if (!directory.ok) return deny('command.cwd', `the working directory: ${directory.reason}`);
  const inner =
    mayStartShell(policy) || Object.keys(assignments).length > 0 ? undefined : unwrapArguments(argv);
  if (inner !== undefined) return planInner(policy, inner, directory.path, {});
  return { decision: planProgram(policy, { argv, assignments, cwd: directory.path }).decision };
}

function deny(rule: string, reason: string): Plan {
  return { decision: { decision: 'deny', rule, reason } };
}

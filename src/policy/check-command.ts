import { toVisibleLine } from '../base/visible-text.js';
import type { WorkspacePath } from '../base/workspace-path.js';
import { findDeniedGlob } from './check-file.js';
import { findBadFlag } from './check-flags.js';
import { findBadPath, pathOperands, resolveOperand } from './check-paths.js';
import type { Decision } from './decision.js';
import type { CommandRule, Policy } from './policy.js';
import { readArguments } from './read-arguments.js';
import { type EffectiveRule, selectRule } from './select-rule.js';

export interface CommandPlan {
  readonly decision: Decision;
  /** What to run; absent when denied. */
  readonly argv?: readonly string[];
  readonly rule?: CommandRule;
}

/** Decides one program call. `cwd` is below the workspace root. */
export function checkCommand(policy: Policy, argv: readonly string[], cwd: WorkspacePath): CommandPlan {
  const [program = '', ...args] = argv;
  if (program === '' || argv.some((word) => word.includes('\0'))) {
    return deny('command.program', 'the command names no program, or contains a NUL byte');
  }
  if (policy.anyCommand) return { decision: allowAny(policy), argv };
  if (program.includes('/')) {
    return deny('command.program', `"${show(program)}" is a path: programs are called by their bare name`);
  }
  const rule = Object.hasOwn(policy.commands, program) ? policy.commands[program] : undefined;
  if (!rule)
    return deny(
      'default-deny',
      `the policy "${policy.name}" does not allow "${show(program)}"${hint(program)}`,
    );
  const selected = selectRule(program, rule, args);
  if (!selected.ok) return { decision: selected.decision };
  const finding = checkArguments(policy, selected.rule, selected.rest, args.length, cwd);
  if (finding) return { decision: finding };
  return {
    decision: {
      decision: rule.decision,
      rule: selected.rule.id,
      reason: rule.decision === 'ask' ? `"${program}" needs your consent` : `"${program}" is allowed`,
    },
    argv: [program, ...selected.head, ...selected.rule.insertFlags, ...selected.rest],
    rule,
  };
}

function checkArguments(
  policy: Policy,
  rule: EffectiveRule,
  rest: readonly string[],
  count: number,
  cwd: WorkspacePath,
): Decision | undefined {
  const no = (part: string, reason: string): Decision => ({
    decision: 'deny',
    rule: `${rule.id}.${part}`,
    reason,
  });
  if (count > rule.maxArgs)
    return no('count', `${count} arguments are more than the ${rule.maxArgs} allowed`);
  const args = readArguments(rule, rest);
  const bad = findBadFlag(rule, args);
  if (bad) {
    const means = bad.forbidden && bad.forbidden !== bad.flag.word ? ` (it can mean ${bad.forbidden})` : '';
    const why = bad.forbidden === undefined ? 'is not on the list of allowed flags' : `is forbidden${means}`;
    return no('flag', `the flag "${show(bad.flag.word)}" ${why}`);
  }
  const forbidden = rest.find((word) => rule.forbiddenArgs.includes(word));
  if (forbidden !== undefined) return no('argument', `the argument "${show(forbidden)}" is forbidden`);
  if (rule.maxOperands !== undefined && args.operands.length > rule.maxOperands) {
    return no('count', `more than ${rule.maxOperands} arguments that are no flags`);
  }
  const path = findBadPath(rule, args, cwd);
  if (path) return no('path', `"${show(path.word)}": ${path.reason}`);
  return rule.writesPaths
    ? checkWrites(policy, rule, [...pathOperands(rule, args), ...values(args)], cwd)
    : undefined;
}

/** A program that writes is bound by the rules for files like the file tools are. */
function checkWrites(
  policy: Policy,
  rule: EffectiveRule,
  paths: readonly string[],
  cwd: WorkspacePath,
): Decision | undefined {
  for (const written of paths) {
    const path = resolveOperand(written, cwd);
    const glob = path === undefined ? undefined : findDeniedGlob(path, policy.files.write.denied);
    if (glob === undefined) continue;
    return {
      decision: 'deny',
      rule: `${rule.id}.path`,
      reason: `"${show(written)}" may not be written (${glob})`,
    };
  }
  return undefined;
}

function values(args: ReturnType<typeof readArguments>): readonly string[] {
  return args.flags.flatMap((flag) => (flag.value === undefined || flag.kind === 'text' ? [] : [flag.value]));
}

function allowAny(policy: Policy): Decision {
  const reason = `the policy "${policy.name}" allows every program: the container alone is the boundary`;
  return { decision: 'allow', rule: 'any-command', reason };
}

const hints: Readonly<Record<string, string>> = {
  cd: ': give the working directory as `cwd`',
  bash: ': call the program itself, without a shell',
  sh: ': call the program itself, without a shell',
  sed: ': use the edit_file tool, or grep, head and tail',
  npx: ': use a script of package.json through `npm run`',
};

function hint(program: string): string {
  return (Object.hasOwn(hints, program) && hints[program]) || '';
}

function deny(rule: string, reason: string): CommandPlan {
  return { decision: { decision: 'deny', rule, reason } };
}

function show(word: string): string {
  return toVisibleLine(word, 80);
}

import { toVisibleLine } from '../base/visible-text.js';
import type { WorkspacePath } from '../base/workspace-path.js';
import { refuseAssignment } from './check-assignment.js';
import { checkLooseTool } from './check-loose-tool.js';
import { checkArguments, type Nested, type ToolContext } from './check-tool.js';
import { refusePath } from './check-value.js';
import type { Decision } from './decision.js';
import { explainUnlisted } from './explain-unlisted.js';
import { type CommandRule, DEFAULT_MAX_ARGS, type Policy } from './policy.js';
import { resolvePath } from './resolve-path.js';
import { checkFirst, type Selected, selectSubcommand } from './select-subcommand.js';
import type { RepositoryUse } from './tools/git/harmful-settings.js';
import { toolTables } from './tools/index.js';
import { exampleOf, isKnown, type Value } from './value.js';

/** One program about to run: every word is known. */
export interface ProgramCall {
  readonly argv: readonly string[];
  /** `NAME=value` before the program. */
  readonly assignments: Readonly<Record<string, string>>;
  /** Below the workspace root; '' is the root. */
  readonly cwd: WorkspacePath;
  /** So many of the last words were read by xargs; nobody has written them. */
  readonly read?: number;
}

/** Undefined when a word or a variable is not known yet. */
export function toProgramCall(
  words: readonly Value[],
  environment: Readonly<Record<string, Value>>,
  cwd: WorkspacePath,
): ProgramCall | undefined {
  const known = Object.entries(environment).filter((entry): entry is [string, string] => isKnown(entry[1]));
  if (known.length < Object.keys(environment).length || !words.every(isKnown)) return undefined;
  return { argv: words, assignments: Object.fromEntries(known), cwd };
}

export interface ProgramPlan {
  readonly decision: Decision;
  /** What to run; absent when denied. */
  readonly argv?: readonly string[];
  /** Set on top of the guest's own few variables. */
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  readonly outputBytes?: number;
  /** It uses the git repository it finds, which must be made harmless before it starts. */
  readonly repository?: RepositoryUse;
}

/** Decides one program. Pure; the interpreter asks it before every start, with the words as they have become. */
export function planProgram(policy: Policy, { argv, assignments, cwd, read = 0 }: ProgramCall): ProgramPlan {
  const within: Within = { ...nothing, read };
  const { decision, words, env, rule, repository } = planWords(policy, argv, assignments, cwd, within);
  if (words === undefined) return { decision };
  return {
    decision,
    argv: words.filter(isKnown),
    env: { ...env, ...assignments },
    ...(repository === undefined ? {} : { repository }),
    ...(rule?.timeoutMs === undefined ? {} : { timeoutMs: rule.timeoutMs }),
    ...(rule?.outputBytes === undefined ? {} : { outputBytes: rule.outputBytes }),
  };
}

export interface WordsPlan {
  readonly decision: Decision;
  readonly words?: readonly Value[];
  readonly env?: Readonly<Record<string, string>>;
  readonly rule?: CommandRule;
  readonly repository?: RepositoryUse;
}

const MAX_NESTING = 8;

/** What a command stands in. */
export interface Within {
  /** So many other commands. */
  readonly depth: number;
  /** How many of its last words were read by xargs. */
  readonly read: number;
}

const nothing: Within = { depth: 0, read: 0 };

/** The same for words of which some are not known yet: what no value of theirs could make right is denied already. */
export function planWords(
  policy: Policy,
  words: readonly Value[],
  assignments: Readonly<Record<string, Value>>,
  cwd: WorkspacePath,
  within = nothing,
): WordsPlan {
  for (const [name, value] of Object.entries(assignments)) {
    const reason = refuseAssignment(policy, name, value, cwd);
    if (reason !== undefined) return deny('command.assignment', reason);
  }
  const [program, ...args] = words;
  if (program === undefined || program === '' || words.some((word) => exampleOf(word).includes('\0')))
    return deny('command.program', 'the command names no program, or contains a NUL byte');
  if (policy.anyCommand) {
    const reason = `the policy "${policy.name}" allows every program: the container alone is the boundary`;
    return { decision: { decision: 'allow', rule: 'any-command', reason }, words, env: {} };
  }
  if (!isKnown(program))
    return deny('command.program', 'which program runs would only be known when it runs');
  if (within.depth > MAX_NESTING) return deny('command.nesting', 'too many commands inside each other');
  const named = nameProgram(policy, program, cwd);
  if (named.kind === 'decided') return { decision: named.decision, ...(named.run ? { words, env: {} } : {}) };
  const rule = Object.hasOwn(policy.commands, named.tool) ? policy.commands[named.tool] : undefined;
  if (rule === undefined) return deny('default-deny', explainUnlisted(policy.name, program));
  // Unless it was made stricter, the bound is about what somebody writes.
  const counted = rule.maxArgs < DEFAULT_MAX_ARGS ? args.length : args.length - within.read;
  if (counted > rule.maxArgs)
    return deny(`${named.tool}.count`, `${args.length} arguments are more than the ${rule.maxArgs} allowed`);
  return planTool(policy, named.tool, rule, program, args, cwd, within);
}

function planTool(
  policy: Policy,
  tool: string,
  rule: CommandRule,
  program: string,
  args: readonly Value[],
  cwd: WorkspacePath,
  within: Within,
): WordsPlan {
  const first = checkFirst(rule, args[0]);
  if (first !== undefined) return deny(`${tool}.${first.part}`, first.reason);
  const table = Object.hasOwn(toolTables, tool) ? toolTables[tool] : undefined;
  if (table === undefined) {
    const refused = checkLooseTool(policy, rule, args, cwd);
    if (refused !== undefined) return deny(`${tool}.${refused.part}`, refused.reason);
    return allow(tool, rule, [program, ...args], rule.environment, false);
  }
  if (table.readsArguments === true && (within.depth > 0 || program !== tool)) {
    const reason = `${tool} may only be called by its bare name and not by another program: its arguments are judged as they are read`;
    return deny(`${tool}.nested`, reason);
  }
  let nestedEnv: Readonly<Record<string, string>> = {};
  let nestedUse: RepositoryUse | undefined;
  const context: ToolContext = {
    policy,
    cwd,
    nest: (words, more): Nested => {
      if (words.length === 0) return { ok: true, words, ask: false };
      const nested = planWords(policy, words, {}, cwd, { ...within, depth: within.depth + 1 });
      if (nested.words === undefined)
        return { ok: false, part: `> ${nested.decision.rule}`, reason: nested.decision.reason };
      const ask = nested.decision.decision === 'ask';
      if (more === 'read' && ask)
        return {
          ok: false,
          part: 'consent',
          reason: `${nested.decision.reason}, with arguments not known yet`,
        };
      nestedEnv = { ...nestedEnv, ...nested.env };
      // What xargs starts is looked at by itself.
      if (more === 'none') nestedUse = nested.repository ?? nestedUse;
      return { ok: true, words: nested.words, ask };
    },
  };
  const selected = selectSubcommand(context, tool, table, rule, args);
  if (!selected.ok) return deny(`${selected.id}.${selected.part}`, selected.reason);
  const { id, head, rest } = selected;
  const checked = checkArguments(context, selected.table, selected.rule, rest);
  if (!checked.ok) return deny(`${id}.${checked.part}`, checked.reason);
  const env = { ...selected.environment, ...nestedEnv };
  const words = [program, ...head, ...(selected.table.insert ?? []), ...checked.words];
  const repository = useOf(selected) ?? nestedUse;
  const allowed = allow(id, selected.rule, words, env, checked.ask);
  return repository === undefined ? allowed : { ...allowed, repository };
}

/** A user who says that git may start other programs wants those that a repository names. */
function useOf({ usesRepository, rule, table }: Selected): RepositoryUse | undefined {
  if (!usesRepository || rule.startsPrograms) return undefined;
  return table.writes === true ? 'changed' : 'read';
}

type Named =
  | { readonly kind: 'tool'; readonly tool: string }
  | { readonly kind: 'decided'; readonly decision: Decision; readonly run: boolean };

/** Local installations of tools that the policy names anyway. */
const LOCAL_BIN = /(?:^|\/)(?:node_modules\/\.bin|\.?venv\/bin)\/([^/]+)$/;

function nameProgram(policy: Policy, program: string, cwd: WorkspacePath): Named {
  if (!program.includes('/')) return { kind: 'tool', tool: program };
  const shown = toVisibleLine(program, 80);
  const path = resolvePath(program, cwd);
  if (path === undefined || path === '')
    return decided('deny', `"${shown}" is a path: programs are called by their bare name`);
  const tool = LOCAL_BIN.exec(path)?.[1];
  const rule = tool !== undefined && Object.hasOwn(policy.commands, tool) ? policy.commands[tool] : undefined;
  // It is a file of the workspace all the same: whoever wrote it chose what it does.
  const mayBeLocal = rule?.startsPrograms === true || policy.workspacePrograms !== 'deny';
  if (tool !== undefined && rule !== undefined && mayBeLocal) return { kind: 'tool', tool };
  switch (policy.workspacePrograms) {
    case 'allow':
      return decided('allow', `"${shown}" is a program of the workspace`);
    case 'ask':
      return decided('ask', `"${shown}" is a program of the workspace and can start any other`);
    case 'deny':
      return decided(
        'deny',
        `the policy "${policy.name}" does not allow programs of the workspace ("${shown}")`,
      );
  }
}

function decided(decision: Decision['decision'], reason: string): Named {
  const rule = decision === 'deny' ? 'command.program' : 'workspace-program';
  return { kind: 'decided', decision: { decision, rule, reason }, run: decision !== 'deny' };
}

function allow(
  id: string,
  rule: CommandRule,
  words: readonly Value[],
  env: Readonly<Record<string, string>>,
  ask: boolean,
): WordsPlan {
  const decision = rule.decision === 'ask' || ask ? 'ask' : 'allow';
  const reason = decision === 'ask' ? `"${id}" needs your consent` : `"${id}" is allowed`;
  return { decision: { decision, rule: id, reason }, words, env, rule };
}

/** Decides a redirection's target. */
export function planRedirect(
  policy: Policy,
  access: 'read' | 'write',
  target: Value,
  cwd: WorkspacePath,
): Decision {
  const shown = `"${toVisibleLine(exampleOf(target), 80)}"`;
  // bash gives these a meaning of its own: a connection.
  const reason = /^\/dev\/(?:tcp|udp)\//.test(exampleOf(target))
    ? `${shown} is a network address`
    : refusePath(policy, access, target, cwd);
  return reason === undefined
    ? {
        decision: 'allow',
        rule: 'redirect',
        reason: `${shown} may be ${access === 'read' ? 'read' : 'written'}`,
      }
    : { decision: 'deny', rule: 'redirect.path', reason };
}

function deny(rule: string, reason: string): WordsPlan {
  return { decision: { decision: 'deny', rule, reason } };
}

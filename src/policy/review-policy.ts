import type { Policy } from './policy.js';
import type { PolicyFragment } from './policy-fragment.js';
import type { Denial, PolicyUse } from './policy-use.js';
import type { ToolTable } from './tool-table.js';
import { toolTables } from './tools/index.js';

export type FindingKind = 'unused' | 'denied' | 'interpreter' | 'broad' | 'remembered';

export interface Finding {
  readonly kind: FindingKind;
  /** What was found, in a sentence without its end. */
  readonly what: string;
  /** Texts from the logs: untrusted. */
  readonly examples: readonly string[];
  /** A part of a policy that would change it; absent where none is advised. */
  readonly edit?: PolicyFragment;
}

export interface PolicyReview {
  readonly policy: string;
  readonly sessions: number;
  readonly calls: number;
  readonly findings: readonly Finding[];
}

const RECURRING = 3;

/** Shells and the like: to allow one is to allow everything, so no edit is advised. */
const neverAdvised = new Set([
  'sh',
  'bash',
  'zsh',
  'dash',
  'eval',
  'exec',
  'sudo',
  'su',
  'doas',
  'ssh',
  'curl',
  'wget',
]);

/** Compares a policy, and what the user allowed for good beside it, with what sessions used of it. */
export function reviewPolicy(
  policy: Policy,
  use: PolicyUse,
  remembered: readonly string[] = [],
): PolicyReview {
  const findings = use.calls === 0 ? [] : [...findUnused(policy, use), ...findBroad(policy, use)];
  return {
    policy: policy.name,
    sessions: use.sessions,
    calls: use.calls,
    findings: [
      ...findings,
      ...findInterpreters(policy, use),
      ...findDenials(policy, use),
      ...listRemembered(remembered),
    ],
  };
}

function findUnused(policy: Policy, use: PolicyUse): Finding[] {
  const findings: Finding[] = [];
  const unused = Object.keys(policy.commands).filter((name) => !isUsed(use, name));
  if (unused.length > 0) {
    findings.push({
      kind: 'unused',
      what: `${unused.length} of ${Object.keys(policy.commands).length} allowed programs were never used`,
      examples: unused,
      edit: { commands: Object.fromEntries(unused.map((name) => [name, false as const])) },
    });
  }
  if (policy.files.write.allowed && !use.allowed.has('file.write')) {
    const what = 'the file tools may write and never did';
    findings.push({ kind: 'unused', what, examples: [], edit: { files: { write: { allowed: false } } } });
  }
  if (policy.workspacePrograms !== 'deny' && !use.allowed.has('workspace-program')) {
    const what = 'programs of the workspace may run and never did';
    findings.push({ kind: 'unused', what, examples: [], edit: { workspacePrograms: 'deny' } });
  }
  return findings;
}

/** Tools of which some sub-commands were used and others never. */
function findBroad(policy: Policy, use: PolicyUse): Finding[] {
  const findings: Finding[] = [];
  for (const [name, rule] of Object.entries(policy.commands)) {
    const listed = Array.isArray(rule.subcommands) ? rule.subcommands : Object.keys(rule.subcommands ?? {});
    const allowed = listed.length > 0 ? listed : Object.keys(tableOf(name)?.subcommands ?? {});
    const needed = allowed.filter((sub) => countOf(use, `${name}.${sub}`) > 0);
    if (needed.length === 0 || needed.length === allowed.length) continue;
    findings.push({
      kind: 'broad',
      what: `"${name}" was needed for ${needed.length} of its ${allowed.length} allowed sub-commands`,
      examples: needed,
      edit: { commands: { [name]: { subcommands: needed } } },
    });
  }
  if (policy.anyCommand)
    findings.push({
      kind: 'broad',
      what: 'every program is allowed; the container alone is the boundary',
      examples: [],
      edit: { anyCommand: false },
    });
  return findings;
}

/** Each that was used, to be asked about; those that were not together, to be taken away. */
function findInterpreters(policy: Policy, use: PolicyUse): Finding[] {
  const interpreters = Object.entries(policy.commands).filter(
    ([name, rule]) => rule.startsPrograms || startsPrograms(tableOf(name)),
  );
  const findings = interpreters
    .filter(([name]) => isUsed(use, name))
    .map(([name, { decision }]): Finding => {
      const count = countOf(use, name);
      const asks = decision === 'ask' ? ' and asks first' : '';
      const what = `"${name}" can start any program${asks}; used ${times(count)}`;
      const edit = { commands: { [name]: { decision: 'ask' as const } } };
      return { kind: 'interpreter', what, examples: [], ...(decision === 'allow' && { edit }) };
    });
  const unused = interpreters.map(([name]) => name).filter((name) => !isUsed(use, name));
  if (unused.length > 0)
    findings.push({
      kind: 'interpreter',
      what: `${unused.length} programs that can start any other were never used`,
      examples: unused,
      edit: { commands: Object.fromEntries(unused.map((name) => [name, false as const])) },
    });
  return findings;
}

/** A program that only others were told to start is counted by no rule of its own. */
function times(count: number): string {
  if (count === 0) return 'inside other commands only';
  return count === 1 ? '1 time' : `${count} times`;
}

function listRemembered(rules: readonly string[]): Finding[] {
  if (rules.length === 0) return [];
  const what =
    rules.length === 1 ? '1 rule runs without a question' : `${rules.length} rules run without a question`;
  return [{ kind: 'remembered', what, examples: rules }];
}

function findDenials(policy: Policy, use: PolicyUse): Finding[] {
  return use.denied
    .filter(({ count }) => count >= RECURRING)
    .map((denial) => {
      const edit = adviseFor(policy, denial);
      const what = `denied ${denial.count} times by the rule "${denial.rule}"`;
      return { kind: 'denied', what, examples: denial.examples, ...(edit !== undefined && { edit }) };
    });
}

/** Only a program that no rule names can be allowed with a word; it then asks each time. */
function adviseFor(policy: Policy, { rule, program }: Denial): PolicyFragment | undefined {
  if (rule !== 'default-deny' || !/^[\w.+-]+$/.test(program) || neverAdvised.has(program)) return undefined;
  return Object.hasOwn(policy.commands, program)
    ? undefined
    : { commands: { [program]: { decision: 'ask' } } };
}

/** Also a program that was only named inside another's arguments counts: to advise against it would be wrong. */
function isUsed(use: PolicyUse, name: string): boolean {
  return countOf(use, name) > 0 || use.words.has(name);
}

/** By itself or with any sub-command. */
function countOf(use: PolicyUse, id: string): number {
  let count = 0;
  for (const [rule, times] of use.allowed) if (rule === id || rule.startsWith(`${id}.`)) count += times;
  return count;
}

function tableOf(name: string): ToolTable | undefined {
  return Object.hasOwn(toolTables, name) ? toolTables[name] : undefined;
}

function startsPrograms(table: ToolTable | undefined): boolean {
  if (table === undefined) return false;
  return table.startsPrograms === true || Object.values(table.subcommands ?? {}).some(startsPrograms);
}

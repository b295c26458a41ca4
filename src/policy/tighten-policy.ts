import { DiagnosticList, type PolicyDiagnostic } from './diagnostics.js';
import { commandRule, type Policy } from './policy.js';
import type { PolicyFragment } from './policy-fragment.js';
import { removeCommand } from './remove-command.js';
import { tightenAssignments } from './tighten-assignments.js';
import { tightenRule } from './tighten-rule.js';
import { toolTables } from './tools/index.js';
import { unite } from './unite.js';

/** What holds for a command whose rule says nothing of it. */
export interface RunDefaults {
  readonly timeoutMs: number;
  readonly outputBytes: number;
}

export interface Tightened {
  readonly policy: Policy;
  readonly diagnostics: readonly PolicyDiagnostic[];
}

/** From the strictest on. */
const programOrder = ['deny', 'ask', 'allow'] as const;
const approvalOrder = ['once', 'session', 'workspace'] as const;

/** Lays a workspace's part over a policy and keeps, field by field, what is stricter. The rest is reported. */
export function tightenPolicy(base: Policy, fragment: PolicyFragment, defaults: RunDefaults): Tightened {
  const found = new DiagnosticList();
  const anyCommand = base.anyCommand && fragment.anyCommand !== false;
  if (!base.anyCommand && fragment.anyCommand === true)
    found.add(['anyCommand'], 'a workspace cannot allow every program');
  const workspacePrograms = stricter(
    programOrder,
    'workspacePrograms',
    base.workspacePrograms,
    fragment.workspacePrograms,
  );
  const policy: Policy = {
    ...base,
    files: { read: tightenAccess('read'), write: tightenAccess('write') },
    commands: anyCommand
      ? refuseRules(base.commands, 'commands', fragment.commands, found)
      : tightenCommands({ ...base, workspacePrograms }, fragment.commands ?? {}, defaults, found),
    assignments: anyCommand
      ? refuseRules(base.assignments, 'assignments', fragment.assignments, found)
      : tightenAssignments(base, fragment.assignments ?? {}, found),
    workspacePrograms,
    approvals: stricter(approvalOrder, 'approvals', base.approvals, fragment.approvals),
    anyCommand,
  };
  return { policy, diagnostics: found.all };

  function tightenAccess(access: 'read' | 'write'): Policy['files']['read'] {
    const own = fragment.files?.[access];
    const { allowed, denied } = base.files[access];
    if (!allowed && own?.allowed === true)
      found.add(['files', access, 'allowed'], `a workspace cannot allow to ${access} files`);
    return { allowed: allowed && own?.allowed !== false, denied: unite(denied, own?.denied) };
  }

  function stricter<T extends string>(order: readonly T[], key: string, outer: T, own: T | undefined): T {
    if (own === undefined || order.indexOf(own) <= order.indexOf(outer)) return own ?? outer;
    found.add([key], `"${own}" is looser than "${outer}"`);
    return outer;
  }
}

function tightenCommands(
  base: Policy,
  fragments: NonNullable<PolicyFragment['commands']>,
  defaults: RunDefaults,
  found: DiagnosticList,
): Policy['commands'] {
  const commands = { ...base.commands };
  for (const [name, fragment] of Object.entries(fragments)) {
    const path = ['commands', name];
    const own = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (fragment === false) {
      removeCommand(commands, name, base.workspacePrograms);
      continue;
    }
    // Where every program was allowed, a list of some is stricter.
    const rule = own ?? (base.anyCommand ? commandRule.parse({ pathArguments: 'any' }) : undefined);
    if (rule === undefined) found.add(path, `a workspace cannot allow "${name}"`);
    else {
      const table = Object.hasOwn(toolTables, name) ? toolTables[name] : undefined;
      commands[name] = tightenRule({ rule, fragment, table, path, defaults, found });
    }
  }
  return commands;
}

/** While every program is allowed, rules for some of them decide nothing. */
function refuseRules<T>(base: T, key: string, fragments: object | undefined, found: DiagnosticList): T {
  for (const name of Object.keys(fragments ?? {}))
    found.add([key, name], 'no effect while every program is allowed; "anyCommand": false changes that');
  return base;
}

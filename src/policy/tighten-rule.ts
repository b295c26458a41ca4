import { DiagnosticList } from './diagnostics.js';
import { listSubcommands, type SubcommandRules } from './list-subcommands.js';
import type { CommandRule } from './policy.js';
import type { RuleFragment } from './policy-fragment.js';
import type { PolicyPath } from './policy-text.js';
import type { RunDefaults } from './tighten-policy.js';
import type { ToolTable } from './tool-table.js';
import { unite } from './unite.js';

export interface RuleToTighten {
  readonly rule: CommandRule;
  readonly fragment: RuleFragment;
  readonly table: ToolTable | undefined;
  readonly path: PolicyPath;
  readonly defaults: RunDefaults;
  readonly found: DiagnosticList;
}

/** The rule with every field of the fragment that is stricter. */
export function tightenRule(parts: RuleToTighten): CommandRule {
  const { rule, fragment, path, defaults, found } = parts;
  const tightened: CommandRule = {
    ...rule,
    forbiddenFlags: unite(rule.forbiddenFlags, fragment.forbiddenFlags),
    forbiddenArgs: unite(rule.forbiddenArgs, fragment.forbiddenArgs),
    maxArgs: smaller('maxArgs', rule.maxArgs) ?? rule.maxArgs,
    startsPrograms: rule.startsPrograms || fragment.startsPrograms === true,
    decision: rule.decision === 'ask' || fragment.decision === 'ask' ? 'ask' : 'allow',
    pathArguments:
      rule.pathArguments === 'workspace' || fragment.pathArguments === 'workspace' ? 'workspace' : 'any',
    ...optional('allowedFlags', common('allowedFlags')),
    ...optional('requireFirst', common('requireFirst')),
    ...optional('maxOperands', smaller('maxOperands', rule.maxOperands)),
    ...optional('timeoutMs', smaller('timeoutMs', rule.timeoutMs, defaults.timeoutMs)),
    ...optional('outputBytes', smaller('outputBytes', rule.outputBytes, defaults.outputBytes)),
    ...optional('subcommands', tightenSubcommands(parts)),
  };
  if (rule.decision === 'ask' && fragment.decision === 'allow')
    loosens('decision', '"allow" where the user is asked');
  if (rule.pathArguments === 'workspace' && fragment.pathArguments === 'any')
    loosens('pathArguments', 'paths outside the workspace');
  if (rule.startsPrograms && fragment.startsPrograms === false)
    loosens('startsPrograms', 'the warning that it starts other programs stays');
  for (const name of Object.keys(fragment.environment ?? {}))
    loosens('environment', `a workspace cannot set variables (${name})`, name);
  return tightened;

  function loosens(key: string, message: string, ...rest: (string | number)[]): void {
    found.add([...path, key, ...rest], message);
  }

  function smaller(
    key: 'maxArgs' | 'maxOperands' | 'timeoutMs' | 'outputBytes',
    own: number | undefined,
    otherwise = Number.POSITIVE_INFINITY,
  ): number | undefined {
    const wanted = fragment[key];
    if (wanted === undefined) return own;
    if (wanted <= (own ?? otherwise)) return wanted;
    loosens(key, `${wanted} is more than the ${own ?? otherwise} allowed`);
    return own;
  }

  function common(key: 'allowedFlags' | 'requireFirst'): string[] | undefined {
    const own = rule[key];
    const wanted = fragment[key];
    if (own === undefined || wanted === undefined) return wanted ?? own;
    const isCovered = (word: string) =>
      own.includes(word) ||
      (key === 'requireFirst' && own.includes('<file>') && word !== '' && !word.startsWith('-'));
    wanted.forEach((word, index) => {
      if (!isCovered(word)) loosens(key, `"${word}" is not on the list that it narrows`, index);
    });
    return wanted.filter(isCovered);
  }
}

function tightenSubcommands(parts: RuleToTighten): CommandRule['subcommands'] {
  const { rule, fragment, table, path, found } = parts;
  const { subcommands } = fragment;
  const at = [...path, 'subcommands'];
  if (subcommands === undefined && (rule.subcommands === undefined || Array.isArray(rule.subcommands)))
    return rule.subcommands;
  const listed = listSubcommands(rule, table);
  if (listed === undefined) {
    if (Array.isArray(subcommands)) return [...subcommands];
    found.add(at, 'Airlock has no table of this tool: only a list of sub-commands can narrow it');
    return rule.subcommands;
  }
  if (!Array.isArray(subcommands)) return tightenEach(parts, inherit(parts, listed), subcommands ?? {}, at);
  subcommands.forEach((name, index) => {
    if (!Object.hasOwn(listed, name)) found.add([...at, index], `a workspace cannot allow "${name}"`);
  });
  const kept = subcommands.filter((name) => Object.hasOwn(listed, name));
  if (rule.subcommands === undefined || Array.isArray(rule.subcommands)) return kept;
  return Object.fromEntries(Object.entries(inherit(parts, listed)).filter(([name]) => kept.includes(name)));
}

/** What is said of the tool holds for each of its sub-commands too; it was reported once. */
function inherit(parts: RuleToTighten, listed: SubcommandRules): SubcommandRules {
  const { subcommands: _, requireFirst: __, maxArgs: ___, environment: ____, ...fragment } = parts.fragment;
  const found = new DiagnosticList();
  return Object.fromEntries(
    Object.entries(listed).map(([name, rule]) => {
      const table = tableOf(parts, name);
      return [name, tightenRule({ ...parts, rule, fragment, table, found })];
    }),
  );
}

function tightenEach(
  parts: RuleToTighten,
  listed: SubcommandRules,
  fragments: Readonly<Record<string, RuleFragment | false>>,
  at: PolicyPath,
): SubcommandRules {
  const rules = { ...listed };
  for (const [name, fragment] of Object.entries(fragments)) {
    const rule = Object.hasOwn(listed, name) ? listed[name] : undefined;
    const path = [...at, name];
    if (fragment === false) delete rules[name];
    else if (rule === undefined) parts.found.add(path, `a workspace cannot allow "${name}"`);
    else {
      if (parts.table === undefined)
        parts.found.add(path, 'no effect: Airlock has no table of this tool; `false` takes it away');
      rules[name] = tightenRule({ ...parts, rule, fragment, table: tableOf(parts, name), path });
    }
  }
  return rules;
}

function tableOf({ table }: RuleToTighten, name: string): ToolTable | undefined {
  const tables = table?.subcommands ?? {};
  return Object.hasOwn(tables, name) ? tables[name] : undefined;
}

type Optional<K extends string, T> = { [key in K]?: T };

function optional<K extends string, T>(key: K, value: T | undefined): Optional<K, T> {
  const made: Optional<K, T> = {};
  if (value !== undefined) made[key] = value;
  return made;
}

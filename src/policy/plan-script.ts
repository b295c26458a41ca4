import type { WorkspacePath } from '../base/workspace-path.js';
import { couldBeGit } from './check-value.js';
import type { Decision } from './decision.js';
import { type ProgramCall, planRedirect, planWords, toProgramCall } from './plan-program.js';
import { planTest } from './plan-test.js';
import { refuseFed } from './plan-xargs.js';
import type { Policy } from './policy.js';
import { refuseNumbers } from './refuse-numbers.js';
import { resolvePath } from './resolve-path.js';
import { denyScript, denyUnset, nothingRuns, summarise } from './script-decisions.js';
import type { Command, Pipeline, Redirect, Script, Simple, Test, Word, WordPart } from './shell/ast.js';
import { isBuiltin, refuseBuiltin } from './shell/builtins.js';
import { collectVariables, wordsOf } from './shell/collect-variables.js';
import { readVariables } from './shell/fed-text.js';
import { foldSubstitution } from './shell/fold-command.js';
import { listNames } from './shell/list-names.js';
import { printScript } from './shell/print.js';
import { reservedVariables } from './shell/reserved-variables.js';
import { fork, type Scope } from './shell/scope.js';
import {
  type Alternatives,
  combine,
  combineVariables,
  expandStatically,
  joinStatically,
} from './shell/static-words.js';
import { toStatement } from './shell/to-script.js';
import { exampleOf, isKnown, UNKNOWN, type Value } from './value.js';

/** One program of a script, as people read it, with the decision on it. */
export interface CommandDecision {
  readonly text: string;
  readonly decision: Decision;
  /** What `ask` is about, each way the words can turn out; absent when some are only known while it runs. */
  readonly calls?: readonly ProgramCall[];
}

export interface ScriptPlan {
  /** The strictest of all. */
  readonly decision: Decision;
  /** In the order they are written, up to the first that is denied. */
  readonly commands: readonly CommandDecision[];
}

/**
 * Decides a script before anything of it runs. What a word will be is followed as far as the text tells; the rest is
 * decided again by the interpreter, program by program, when it is known.
 */
export function planScript(policy: Policy, script: Script, cwd: WorkspacePath): ScriptPlan {
  const planner = new ScriptPlanner(policy, script, cwd);
  return planner.plan();
}

const NO_VARIABLES: readonly Readonly<Record<string, Value>>[] = [{}];

class ScriptPlanner {
  readonly #policy: Policy;
  readonly #script: Script;
  readonly #scope: Scope;
  readonly #commands: CommandDecision[] = [];

  constructor(policy: Policy, script: Script, cwd: WorkspacePath) {
    this.#policy = policy;
    this.#script = script;
    const candidates = collectVariables(script, cwd);
    this.#scope = { candidates, assigned: new Set(), exported: new Set(), cwd };
  }

  plan(): ScriptPlan {
    const denied = this.#visitScript(this.#script, this.#scope);
    const commands = this.#commands;
    const asked = commands.find(({ decision }) => decision.decision === 'ask');
    const [first] = commands;
    const allowed = summarise(commands) ?? first?.decision ?? nothingRuns;
    return { decision: denied ?? asked?.decision ?? allowed, commands };
  }

  #visitScript(script: Script, scope: Scope): Decision | undefined {
    const pipelines = script.statements.flatMap(({ first, rest }) => [
      first,
      ...rest.map(({ pipeline }) => pipeline),
    ]);
    for (const pipeline of pipelines) {
      const denied = this.#visitPipeline(pipeline, scope);
      if (denied !== undefined) return denied;
    }
    return undefined;
  }

  #visitPipeline({ commands }: Pipeline, scope: Scope): Decision | undefined {
    for (const [index, command] of commands.entries()) {
      const before = commands[index - 1];
      const denied =
        this.#visitCommand(command, commands.length > 1 ? fork(scope) : scope) ??
        (before && refuseFed(this.#policy, before, command, scope.cwd));
      if (denied !== undefined) return denied;
    }
    return undefined;
  }

  #visitCommand(command: Command, scope: Scope): Decision | undefined {
    const denied = this.#visitRedirects(command, scope);
    if (denied !== undefined) return denied;
    switch (command.kind) {
      case 'simple':
        return this.#visitSimple(command, scope);
      case 'group':
        return this.#visitScript(command.body, command.subshell ? fork(scope) : scope);
      case 'for': {
        const wrong = this.#visitWords(command.words, scope) ?? this.#refuseVariable(command.variable);
        if (wrong !== undefined) return wrong;
        const inside = fork(scope);
        inside.assigned.add(command.variable);
        return this.#visitScript(command.body, inside);
      }
      case 'while':
        return this.#visitScript(command.condition, scope) ?? this.#visitScript(command.body, fork(scope));
      case 'if':
        for (const { condition, body } of command.branches) {
          const wrong = this.#visitScript(condition, scope) ?? this.#visitScript(body, fork(scope));
          if (wrong !== undefined) return wrong;
        }
        return command.otherwise && this.#visitScript(command.otherwise, fork(scope));
      case 'case':
        return (
          this.#visitWords(wordsOf(command), scope) ??
          command.arms.reduce<Decision | undefined>(
            (found, { body }) => found ?? this.#visitScript(body, fork(scope)),
            undefined,
          )
        );
      case 'test':
        return this.#visitWords(wordsOf(command), scope) ?? this.#decideTest(command, scope);
    }
  }

  #decideTest(command: Test, scope: Scope): Decision | undefined {
    const join = (word: Word) => this.#join(word, scope);
    const { decision, asked } = planTest(this.#policy, command.condition, join, scope.cwd);
    this.#record(command, decision, asked);
    return decision.decision === 'deny' ? decision : undefined;
  }

  #visitSimple(command: Simple, scope: Scope): Decision | undefined {
    const wrong = this.#visitWords(wordsOf(command), scope);
    if (wrong !== undefined) return wrong;
    if (command.words.length === 0) return this.#assign(command, scope);
    const alternatives = combine(command.words.map((word) => this.#expand(word, scope)));
    const assignments = this.#environment(command, scope);
    let last: Decision | undefined;
    const asked: (ProgramCall | undefined)[] = [];
    for (const words of alternatives) {
      for (const environment of assignments) {
        const decision = this.#decide(words, environment, command, scope);
        if (decision.decision === 'ask') asked.push(toProgramCall(words, environment, scope.cwd));
        if (decision.decision !== 'allow' || last === undefined) last = decision;
        if (decision.decision === 'deny') return this.#record(command, decision);
      }
    }
    this.#record(command, last ?? nothingRuns, asked);
    return undefined;
  }

  #decide(
    words: readonly Value[],
    environment: Readonly<Record<string, Value>>,
    command: Simple,
    scope: Scope,
  ): Decision {
    const [program, ...args] = words;
    if (program !== undefined && isKnown(program) && isBuiltin(program)) {
      const reason = refuseBuiltin(program, args, command);
      if (reason !== undefined) return denyScript(`${program}.argument`, `${program}: ${reason}`);
      if (program === 'cd') return this.#changeDirectory(args[0], scope);
      if (program === 'export') this.#export(args, scope);
      for (const name of readVariables(command, undefined)?.names ?? []) scope.assigned.add(name);
      return { decision: 'allow', rule: program, reason: `"${program}" is allowed` };
    }
    return planWords(this.#policy, words, environment, scope.cwd).decision;
  }

  #changeDirectory(target: Value | undefined, scope: Scope): Decision {
    const to = resolvePath(exampleOf(target ?? '/'), scope.cwd);
    const hidden = target !== undefined && !isKnown(target) && couldBeGit(target.prefix);
    if (to === undefined || hidden)
      return denyScript('cd.path', 'the directory is, or could be, outside the workspace or in .git');
    scope.cwd = to;
    return { decision: 'allow', rule: 'cd', reason: 'the directory is in the workspace' };
  }

  #refuseVariable(name: string): Decision | undefined {
    if (!reservedVariables.has(name)) return undefined;
    return denyScript('command.assignment', `the variable ${name} steers programs and may not be set`);
  }

  #export(args: readonly Value[], scope: Scope): void {
    for (const arg of args) {
      const name = exampleOf(arg).split('=', 1)[0] ?? '';
      scope.exported.add(name);
      if (exampleOf(arg).includes('=')) scope.assigned.add(name);
    }
  }

  #assign(command: Simple, scope: Scope): Decision | undefined {
    for (const { name } of command.assignments) {
      const refused = this.#refuseVariable(name);
      if (refused !== undefined) return this.#record(command, refused);
      scope.assigned.add(name);
    }
    return undefined;
  }

  /** What the program's environment gets on top: its own assignments and what was exported. */
  #environment(command: Simple, scope: Scope): readonly Readonly<Record<string, Value>>[] {
    if (scope.exported.size === 0 && command.assignments.length === 0) return NO_VARIABLES;
    const exported = [...scope.exported].map((name): [string, readonly Value[]] => [
      name,
      scope.candidates.get(name) ?? [UNKNOWN],
    ]);
    const own = command.assignments.map(({ name, value }): [string, readonly Value[]] => [
      name,
      this.#join(value, scope),
    ]);
    return combineVariables([...exported, ...own]);
  }

  /** The programs inside the words, and the variables that nobody set. */
  #visitWords(words: readonly Word[], scope: Scope): Decision | undefined {
    for (const { parts } of words) {
      for (const part of parts) {
        if (part.kind === 'text' || part.kind === 'glob') continue;
        const denied = this.#visitExpansion(part, scope);
        if (denied !== undefined) return denied;
      }
    }
    return undefined;
  }

  #visitExpansion(part: WordPart, scope: Scope): Decision | undefined {
    const names = listNames(part);
    const unset = names.find(({ name }) => !this.#isKnownVariable(name));
    if (unset !== undefined) return denyUnset(unset);
    if (part.kind === 'substitution') return this.#visitScript(part.script, fork(scope));
    if (part.kind !== 'arithmetic') return undefined;
    return refuseNumbers(names.flatMap(({ name }) => scope.candidates.get(name) ?? []));
  }

  #isKnownVariable(name: string): boolean {
    return name === '?' || name === 'PWD' || this.#scope.candidates.has(name);
  }

  #visitRedirects(command: Command, scope: Scope): Decision | undefined {
    for (const redirect of command.redirects) {
      const denied = this.#visitRedirect(redirect, scope);
      if (denied !== undefined) return this.#record(command, denied);
    }
    return undefined;
  }

  #visitRedirect(redirect: Redirect, scope: Scope): Decision | undefined {
    if (redirect.kind === 'duplicate') return undefined;
    if (redirect.kind === 'text') return this.#visitWords([redirect.text], scope);
    const wrong = this.#visitWords([redirect.target], scope);
    if (wrong !== undefined) return wrong;
    const access = redirect.mode === 'read' ? 'read' : 'write';
    for (const fields of this.#expand(redirect.target, scope)) {
      const [target] = fields;
      if (target === undefined || fields.length !== 1 || target === '')
        return denyScript('redirect.path', 'a redirection needs one file');
      const decision = planRedirect(this.#policy, access, target, scope.cwd);
      if (decision.decision === 'deny') return decision;
    }
    return undefined;
  }

  #expand(word: Word, scope: Scope): Alternatives {
    return expandStatically(word, scope, (part) => foldSubstitution(part, scope.cwd));
  }

  #join(word: Word, scope: Scope): readonly Value[] {
    return joinStatically(word, scope, (part) => foldSubstitution(part, scope.cwd));
  }

  #record(command: Command, decision: Decision, asked: readonly (ProgramCall | undefined)[] = []): Decision {
    const calls = asked.filter((call) => call !== undefined);
    this.#commands.push({
      text: printScript({ kind: 'script', statements: [toStatement(command)] }),
      decision,
      ...(calls.length > 0 && calls.length === asked.length ? { calls } : {}),
    });
    return decision;
  }
}

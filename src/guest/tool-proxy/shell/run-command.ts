import type { Case, Command, If, Pipeline, Script, Simple } from '../../../policy/shell/ast.js';
import { compilePattern, matches, toChars } from '../../../policy/shell/match-pattern.js';
import { expandPattern, expandText } from './expand-word.js';
import { withRedirects } from './redirects.js';
import { holds } from './run-condition.js';
import { runFor, runWhile } from './run-loop.js';
import { runPipeline } from './run-pipeline.js';
import { runSimple } from './run-simple.js';
import { runStatements } from './run-statements.js';
import { type Flow, forgive, forkShell, forWords, next, runApart, runToEnd, type Shell } from './shell.js';

/** Runs one command in this shell. */
export async function runCommand(shell: Shell, command: Command): Promise<Flow> {
  if (command.kind === 'simple') return runSimple(shell, command);
  const run = () => withRedirects(shell, command.redirects, (inner) => runCompound(inner, command));
  return command.kind === 'group' && command.subshell ? runApart(shell.state, run) : run();
}

/**
 * Runs one command that the whole of this subshell is for; `onStart` is called when all that it was is a program,
 * and that has been started.
 */
export async function runWhole(shell: Shell, command: Command, onStart: () => void): Promise<Flow> {
  if (command.kind === 'simple') return runSimple(shell, command, onStart);
  return withRedirects(shell, command.redirects, (inner) => {
    inner.state.inside = true;
    return runCompound(inner, command);
  });
}

async function runCompound(shell: Shell, command: Exclude<Command, Simple>): Promise<Flow> {
  switch (command.kind) {
    case 'group':
      return command.subshell ? runSubshell(shell, command.body) : runStatements(shell, command.body);
    case 'for':
      return runFor(shell, command);
    case 'while':
      return runWhile(shell, command);
    case 'if':
      return runIf(shell, command);
    case 'case':
      return runCase(shell, command);
    case 'test':
      shell.state.status = (await holds(forWords(shell), command.condition)) ? 0 : 1;
      return next;
  }
}

async function runSubshell(shell: Shell, body: Script): Promise<Flow> {
  const inner = forkShell(shell, shell.stdio);
  // Its loops are its own; a pipeline's part and a substitution still see those around them, as in bash.
  inner.state.loops = 0;
  inner.state.inside = true;
  const negated = soleNegated(body);
  const flow = await runToEnd(inner, () =>
    negated === undefined ? runStatements(inner, body) : runPipeline(inner, { ...negated, negated: false }),
  );
  const asked = flow.kind === 'exit' && flow.failed !== true;
  const { status } = inner.state;
  shell.state.status = negated === undefined || asked ? status : Number(status === 0);
  return next;
}

/** `( ! … )`: bash takes the `!` for the subshell's, so that `set -e` is heeded under it. */
function soleNegated({ statements }: Script): Pipeline | undefined {
  const [statement, ...others] = statements;
  if (statement === undefined || others.length + statement.rest.length > 0) return undefined;
  return statement.first.negated ? statement.first : undefined;
}

async function runIf(shell: Shell, { branches, otherwise }: If): Promise<Flow> {
  for (const { condition, body } of branches) {
    const flow = await runStatements(forgive(shell), condition);
    if (flow.kind !== 'next') return flow;
    if (shell.state.status === 0) return runStatements(shell, body);
  }
  // In `else`, `$?` is still what the last condition ended with.
  if (otherwise !== undefined) return runStatements(shell, otherwise);
  shell.state.status = 0;
  return next;
}

async function runCase(shell: Shell, { subject, arms }: Case): Promise<Flow> {
  const text = await expandText(shell, subject);
  for (const { patterns, body } of arms) {
    for (const pattern of patterns) {
      const chars = toChars(await expandPattern(shell, pattern));
      if (!matches(compilePattern(chars), text)) continue;
      if (body.statements.length === 0) shell.state.status = 0;
      return runStatements(shell, body);
    }
  }
  shell.state.status = 0;
  return next;
}

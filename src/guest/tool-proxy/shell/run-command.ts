import type { Case, Command, Group, If } from '../../../policy/shell/ast.js';
import { expandPattern, expandText } from './expand-word.js';
import { compilePattern, matches, toChars } from './match-pattern.js';
import { withRedirects } from './redirects.js';
import { runFor, runWhile } from './run-loop.js';
import { runSimple } from './run-simple.js';
import { runStatements } from './run-statements.js';
import { type Flow, forkShell, next, type Shell } from './shell.js';

/** Runs one command; `onStart` is called when all that it was is a program, and that has been started. */
export async function runCommand(shell: Shell, command: Command, onStart?: () => void): Promise<Flow> {
  if (command.kind === 'simple') return runSimple(shell, command, onStart);
  return withRedirects(shell, command.redirects, (inner) => {
    switch (command.kind) {
      case 'group':
        return runGroup(inner, command);
      case 'for':
        return runFor(inner, command);
      case 'while':
        return runWhile(inner, command);
      case 'if':
        return runIf(inner, command);
      case 'case':
        return runCase(inner, command);
    }
  });
}

async function runGroup(shell: Shell, { subshell, body }: Group): Promise<Flow> {
  if (!subshell) return runStatements(shell, body);
  const inner = forkShell(shell, shell.stdio);
  // Its loops are its own; a pipeline's part and a substitution still see those around them, as in bash.
  inner.state.loops = 0;
  await runStatements(inner, body);
  shell.state.status = inner.state.status;
  return next;
}

async function runIf(shell: Shell, { branches, otherwise }: If): Promise<Flow> {
  for (const { condition, body } of branches) {
    const flow = await runStatements(shell, condition);
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

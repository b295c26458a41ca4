import type { For, Script, While } from '../../../policy/shell/ast.js';
import { expandWords } from './expand-word.js';
import { runStatements } from './run-statements.js';
import { type Flow, forgive, next, type Shell } from './shell.js';

/** `for NAME in WORDS`. */
export async function runFor(shell: Shell, { variable, words, body }: For): Promise<Flow> {
  const values = await expandWords(shell, words);
  return inLoop(shell, async () => {
    if (values.length === 0) shell.state.status = 0;
    for (const value of values) {
      shell.state.variables.set(variable, value);
      const end = await runBody(shell, body);
      if (end !== undefined) return end;
    }
    return next;
  });
}

/** `while` and `until`; the status is that of the last turn's body. */
export async function runWhile(shell: Shell, { until, condition, body }: While): Promise<Flow> {
  return inLoop(shell, async () => {
    let status = 0;
    for (;;) {
      await shell.run.pause();
      const stop = await runBody(forgive(shell), condition);
      if (stop !== undefined) return stop;
      if ((shell.state.status === 0) === until) break;
      const end = await runBody(shell, body);
      if (end !== undefined) return end;
      status = shell.state.status;
    }
    shell.state.status = status;
    return next;
  });
}

async function inLoop(shell: Shell, turn: () => Promise<Flow>): Promise<Flow> {
  shell.state.loops += 1;
  try {
    return await turn();
  } finally {
    shell.state.loops -= 1;
  }
}

/** Undefined when the loop goes on; otherwise how control goes on after it. */
async function runBody(shell: Shell, body: Script): Promise<Flow | undefined> {
  await shell.run.pause();
  const flow = await runStatements(shell, body);
  switch (flow.kind) {
    case 'next':
      return undefined;
    case 'exit':
      return flow;
    case 'break':
      return flow.levels > 1 ? { kind: 'break', levels: flow.levels - 1 } : next;
    case 'continue':
      return flow.levels > 1 ? { kind: 'continue', levels: flow.levels - 1 } : undefined;
  }
}

import type { AndOr, Script } from '../../../policy/shell/ast.js';
import { runPipeline } from './run-pipeline.js';
import { type Flow, next, type Shell } from './shell.js';

/** Runs statements one after the other, until one says where else to go on. */
export async function runStatements(shell: Shell, script: Script): Promise<Flow> {
  for (const statement of script.statements) {
    await shell.run.pause();
    const flow = await runAndOr(shell, statement);
    if (flow.kind !== 'next') return flow;
  }
  return next;
}

async function runAndOr(shell: Shell, { first, rest }: AndOr): Promise<Flow> {
  let flow = await runPipeline(shell, first);
  for (const { operator, pipeline } of rest) {
    if (flow.kind !== 'next') return flow;
    if ((shell.state.status === 0) === (operator === '&&')) flow = await runPipeline(shell, pipeline);
  }
  return flow;
}

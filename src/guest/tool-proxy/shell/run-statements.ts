import type { AndOr, Script } from '../../../policy/shell/ast.js';
import { runPipeline } from './run-pipeline.js';
import { type Flow, forgive, next, type Shell } from './shell.js';

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
  const lenient = forgive(shell);
  let flow = await runPipeline(rest.length === 0 ? shell : lenient, first);
  for (const [index, { operator, pipeline }] of rest.entries()) {
    if (flow.kind !== 'next') return flow;
    const scope = index === rest.length - 1 ? shell : lenient;
    if ((shell.state.status === 0) === (operator === '&&')) flow = await runPipeline(scope, pipeline);
  }
  return flow;
}

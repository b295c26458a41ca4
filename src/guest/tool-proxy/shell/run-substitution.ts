import type { Script } from '../../../policy/shell/ast.js';
import { OutputPort } from './output-port.js';
import { runStatements } from './run-statements.js';
import { complain, forkShell, runToEnd, type Shell } from './shell.js';

/** A process left behind that still holds the output is not waited for longer. */
const PIPE_GRACE_MS = 500;

/** What a command substitution stands for: its output without NULs and without the last line ends. */
export async function captureOutput(shell: Shell, script: Script): Promise<string> {
  const { run, state, stdio } = shell;
  const chunks: Buffer[] = [];
  let size = 0;
  const port = new OutputPort(
    () => run.makePipe(),
    (bytes) => {
      size += bytes.length;
      if (size <= run.parts.outputBytes) chunks.push(bytes);
      else run.stop({ kind: 'limit', what: `$(…) gave more than ${run.parts.outputBytes} bytes` });
    },
  );
  const lenient = shell.lenientInside === true;
  const inner = { ...forkShell(shell, [stdio[0], port, stdio[2]]), lenient };
  inner.state.quiet = true;
  inner.state.inside = true;
  inner.state.options = { ...inner.state.options, errexit: false };
  try {
    await runToEnd(inner, () => runStatements(inner, script));
  } finally {
    await port.finish(PIPE_GRACE_MS);
  }
  run.check();
  state.status = inner.state.status;
  state.substituted = inner.state.status;
  const text = Buffer.concat(chunks).toString('utf8');
  if (text.includes('\0')) await complain(shell, 'warning: command substitution: ignored null byte in input');
  return text.replaceAll('\0', '').replace(/\n+$/, '');
}

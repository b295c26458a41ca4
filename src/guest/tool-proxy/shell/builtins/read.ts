import { parseRead } from '../../../../policy/shell/read-arguments.js';
import { readLine } from '../read-line.js';
import { describeSystemError } from '../resolve-path.js';
import { assignFields, removeEscapes } from '../split-line.js';
import { type Builtin, refuse } from './builtin.js';

const BLANKS = ' \t\n';

/** `read [-r] [-d CHAR] [NAME …]`: one line, split at IFS; status 1 where the input ends before it does. */
export const read: Builtin = async (shell, args) => {
  const { run, state } = shell;
  const parsed = parseRead(args);
  if (typeof parsed === 'string') {
    const decision = { decision: 'deny', rule: 'read.argument', reason: `read: ${parsed}` } as const;
    return run.fail({ kind: 'denied', decision });
  }
  const line = await readLine(shell, parsed);
  if (line.kind === 'failed') return refuse(shell, `read: read error: 0: ${describeSystemError(line.error)}`);
  const text = removeEscapes(line.text, parsed.raw);
  const separators = state.variables.get('IFS') ?? BLANKS;
  for (const [name, value] of assignFields(text, parsed.names, separators)) state.variables.set(name, value);
  return { status: line.complete ? 0 : 1 };
};

import { codeOf } from '../../files/beneath.js';
import { describeSystemError } from '../resolve-path.js';
import { complain, type Flow, type Shell } from '../shell.js';

export interface BuiltinEnd {
  readonly status: number;
  /** Absent: what follows goes on. */
  readonly flow?: Flow;
}

/** A command of the interpreter's own: always allowed, for it starts nothing and writes to its stdout only. */
export type Builtin = (shell: Shell, args: readonly string[]) => Promise<BuiltinEnd>;

const SIGPIPE_STATUS = 141;

/** Writes a builtin's output. A shell whose reader left ends, as by SIGPIPE. */
export async function writeOutput(shell: Shell, name: string, bytes: Buffer): Promise<BuiltinEnd> {
  try {
    if (bytes.length > 0) await shell.stdio[1].write(bytes);
    return { status: 0 };
  } catch (error) {
    if (codeOf(error) === 'EPIPE') return { status: SIGPIPE_STATUS, flow: { kind: 'exit' } };
    return refuse(shell, `${name}: write error: ${describeSystemError(error)}`);
  }
}

/** Says what is wrong, as bash would. */
export async function refuse(shell: Shell, text: string, status = 1): Promise<BuiltinEnd> {
  await complain(shell, text);
  return { status };
}

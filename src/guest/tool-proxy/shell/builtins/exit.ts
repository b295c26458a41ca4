import { complain } from '../shell.js';
import type { Builtin } from './builtin.js';
import { readInteger } from './read-integer.js';

/** `exit [n]`: ends this shell, or the subshell it stands in. */
export const exit: Builtin = async (shell, words) => {
  const args = words[0] === '--' ? words.slice(1) : words;
  const [word] = args;
  if (word === undefined) return { status: shell.state.status, flow: { kind: 'exit' } };
  const status = readInteger(word);
  if (status === undefined) {
    await complain(shell, `exit: ${word}: numeric argument required`);
    return { status: 2, flow: { kind: 'exit' } };
  }
  if (args.length > 1) {
    await complain(shell, 'exit: too many arguments');
    return { status: 1, flow: { kind: 'exit' } };
  }
  return { status: Number(BigInt.asUintN(8, status)), flow: { kind: 'exit' } };
};

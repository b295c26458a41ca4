import { complain, type Flow, type Shell } from '../shell.js';
import { type Builtin, type BuiltinEnd, refuse } from './builtin.js';
import { readInteger } from './read-integer.js';

export const breakLoop: Builtin = (shell, args) => leave(shell, 'break', args);
export const continueLoop: Builtin = (shell, args) => leave(shell, 'continue', args);

async function leave(
  shell: Shell,
  kind: Exclude<Flow['kind'], 'next' | 'exit'>,
  words: readonly string[],
): Promise<BuiltinEnd> {
  const { loops } = shell.state;
  const args = words[0] === '--' ? words.slice(1) : words;
  if (loops === 0) {
    await complain(shell, `${kind}: only meaningful in a \`for', \`while', or \`until' loop`);
    return { status: 0 };
  }
  const [word = '1'] = args;
  const levels = readInteger(word);
  if (levels === undefined) {
    await complain(shell, `${kind}: ${word}: numeric argument required`);
    return { status: 128, flow: { kind: 'exit' } };
  }
  if (args.length > 1) return refuse(shell, `${kind}: too many arguments`);
  if (levels < 1n) {
    await complain(shell, `${kind}: ${word}: loop count out of range`);
    return { status: 1, flow: { kind: 'break', levels: loops } };
  }
  return { status: 0, flow: { kind, levels: levels > BigInt(loops) ? loops : Number(levels) } };
}

import { type Builtin, refuse, writeOutput } from './builtin.js';

/** The current directory by its logical name; `-P` by its real one. */
export const pwd: Builtin = async (shell, args) => {
  let physical = false;
  for (const arg of args) {
    if (!/^-./.test(arg) || arg === '--') break;
    if (!/^-[LP]+$/.test(arg)) return refuse(shell, `pwd: ${arg}: invalid option`, 2);
    physical = arg.endsWith('P');
  }
  const { root } = shell.run.parts;
  const { directory } = shell.state;
  const real = directory.physical === '' ? root : `${root}/${directory.physical}`;
  return writeOutput(shell, 'pwd', Buffer.from(`${physical ? real : directory.logical}\n`));
};

import type { Builtin } from './builtin.js';
import { cd } from './cd.js';
import { echo } from './echo.js';
import { exit } from './exit.js';
import { breakLoop, continueLoop } from './loop-control.js';
import { pwd } from './pwd.js';
import { read } from './read.js';
import { set } from './set.js';
import { exportNames, unsetNames } from './variables.js';

export type { Builtin } from './builtin.js';

const succeed: Builtin = async () => ({ status: 0 });
const fail: Builtin = async () => ({ status: 1 });

/** Everything that runs without a program. */
export const builtins: Readonly<Record<string, Builtin>> = {
  ':': succeed,
  true: succeed,
  false: fail,
  break: breakLoop,
  cd,
  continue: continueLoop,
  echo,
  exit,
  export: exportNames,
  pwd,
  read,
  set,
  unset: unsetNames,
};

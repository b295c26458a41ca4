import { complain } from '../shell.js';
import { type Builtin, refuse } from './builtin.js';

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** `export NAME[=value] …`: programs get the variable from now on, if the policy lets them. */
export const exportNames: Builtin = async (shell, words) => {
  const args = words[0] === '--' ? words.slice(1) : words;
  const { state } = shell;
  if (args.length === 0 || args[0]?.startsWith('-'))
    return refuse(shell, 'export: only NAME and NAME=value are supported here', 2);
  let status = 0;
  for (const arg of args) {
    const equals = arg.indexOf('=');
    const name = equals === -1 ? arg : arg.slice(0, equals);
    if (!NAME.test(name)) {
      await complain(shell, `export: \`${arg}': not a valid identifier`);
      status = 1;
      continue;
    }
    if (equals !== -1) state.variables.set(name, arg.slice(equals + 1));
    state.exported.add(name);
  }
  return { status };
};

/** `unset NAME …`. */
export const unsetNames: Builtin = async (shell, words) => {
  const args = words[0] === '--' ? words.slice(1) : words;
  if (args[0]?.startsWith('-')) return refuse(shell, `unset: ${args[0]}: options are not supported here`, 2);
  // A name that can be no variable's might be a function's: bash says nothing.
  for (const name of args) {
    shell.state.variables.delete(name);
    shell.state.exported.delete(name);
  }
  return { status: 0 };
};

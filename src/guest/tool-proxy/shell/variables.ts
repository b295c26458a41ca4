import type { Shell } from './shell.js';

/** What the script exported or changed of the variables that programs get; the policy judges these. */
export function exportedVariables({ run, state }: Shell): Readonly<Record<string, string>> {
  const changed = [...state.exported].flatMap((name) => {
    const value = state.variables.get(name);
    return value === undefined || value === run.parts.environment[name] ? [] : [[name, value] as const];
  });
  return Object.fromEntries(changed);
}

/** A program's environment: the fixed variables that the script has not unset, what `cd` says, and `planned`. */
export function programEnvironment(
  { run, state }: Shell,
  planned: Readonly<Record<string, string>>,
): Record<string, string> {
  const { environment, processes } = run.parts;
  const base = Object.entries(environment).filter(([name]) => state.exported.has(name));
  const place = state.previous === undefined ? {} : { PWD: state.directory.logical, OLDPWD: state.previous };
  return { ...Object.fromEntries(base), ...place, ...planned, ...processes.env };
}

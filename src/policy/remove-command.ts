import type { Policy } from './policy.js';

/**
 * Takes a program away. Where programs of the workspace may run, its rule stays with nothing that it allows: without
 * one, `node_modules/.bin/NAME` would be such a program.
 */
export function removeCommand(
  commands: Policy['commands'],
  name: string,
  workspacePrograms: Policy['workspacePrograms'],
): void {
  const rule = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (workspacePrograms === 'deny' || rule === undefined) delete commands[name];
  else commands[name] = { ...rule, requireFirst: [] };
}

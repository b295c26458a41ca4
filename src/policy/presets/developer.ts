import type { CommandRuleInput, PolicyInput } from '../policy.js';
import { toolTables } from '../tools/index.js';
import { ordinaryVariables } from './ordinary-variables.js';
import { protectedFiles } from './protected-files.js';

/** Every tool that Airlock knows, as its table says: ordinary reading, editing, building, testing, local git work. */
const commands: Record<string, CommandRuleInput> = Object.fromEntries(
  Object.entries(toolTables).map(([name, { startsPrograms = false }]) => [name, { startsPrograms }]),
);

/** Its interpreters and build tools can start any program of the sandbox; scripts called by their path ask first. */
export const developer: PolicyInput = {
  version: 1,
  name: 'developer',
  files: { read: {}, write: { allowed: true, denied: protectedFiles } },
  commands,
  assignments: ordinaryVariables,
  workspacePrograms: 'ask',
};

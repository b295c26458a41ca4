import type { PolicyInput } from '../policy.js';
import { protectedFiles } from './protected-files.js';
import { knownTools } from './tools/index.js';

/** Ordinary reading, editing, building, testing and local git work. Its interpreters can start any program. */
export const developer: PolicyInput = {
  version: 1,
  name: 'developer',
  files: { read: {}, write: { allowed: true, denied: protectedFiles } },
  commands: knownTools,
};

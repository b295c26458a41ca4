import type { PolicyInput } from '../policy.js';
import { protectedFiles } from './protected-files.js';

/** Any program with any argument: the container alone is the boundary. */
export const unrestrictedInSandbox: PolicyInput = {
  version: 1,
  name: 'unrestricted-in-sandbox',
  files: { read: {}, write: { allowed: true, denied: protectedFiles } },
  commands: {},
  workspacePrograms: 'allow',
  anyCommand: true,
};

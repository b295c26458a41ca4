import type { EngineRule } from '../rule.js';
import { cis, owasp } from '../sources.js';

/** A container that names no profile gets the engine's own, which an engine may lack, or have set to "unconfined". */
export const engineSeccomp: EngineRule = {
  id: 'CIS-5.22-engine',
  title: 'The engine filters the system calls of its containers',
  sources: [cis('5.22'), owasp(6)],
  check: ({ seccomp }) => (seccomp ? undefined : 'it has no seccomp, or its default profile is "unconfined"'),
};

import type { SelfTestFacts } from '../../protocol/self-test.js';
import type { ContainerSpec } from '../../sandbox/spec.js';

export type Principal = 'agent' | 'runner';

/** What was asked for, and of whom the facts are. */
export interface SelfTestCase {
  readonly principal: Principal;
  readonly uid: number;
  readonly gid: number;
  readonly spec: Pick<ContainerSpec, 'limits' | 'tmpfs' | 'mounts' | 'shmBytes'>;
  /** False for a contained agent, which works in the workspace itself. */
  readonly hidesWorkspace: boolean;
  /** The runtime that starts the container, by the engine's name for it. */
  readonly runtime: string;
  /** How long the host waited for the facts at most, ms. */
  readonly hostMs: number;
}

export interface Verdict {
  readonly status: 'proven' | 'not-provable' | 'failed';
  readonly reason: string;
}

/** One thing that the sandbox must hold, and how the facts prove it. */
export interface Guarantee {
  readonly id: string;
  readonly title: string;
  /** Undefined where it is not promised. */
  check(facts: SelfTestFacts, asked: SelfTestCase): Verdict | undefined;
}

/** gVisor's own kernel answers the sandbox, and leaves out some of what Linux shows of itself. */
export function isGvisor({ runtime }: Pick<SelfTestCase, 'runtime'>): boolean {
  return /^(?:runsc|gvisor)/i.test(runtime);
}

export const proven = (reason: string): Verdict => ({ status: 'proven', reason });
export const notProvable = (reason: string): Verdict => ({ status: 'not-provable', reason });
export const failed = (reason: string): Verdict => ({ status: 'failed', reason });

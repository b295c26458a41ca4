import type { SelfTestFacts } from '../../protocol/self-test.js';
import { capabilities } from './capabilities.js';
import { clock } from './clock.js';
import { engineSocket } from './engine-socket.js';
import { fileLimits } from './file-limits.js';
import type { Guarantee, Principal, SelfTestCase, Verdict } from './guarantee.js';
import { identity } from './identity.js';
import { memory } from './memory.js';
import { memoryFiles } from './memory-files.js';
import { mounts } from './mounts.js';
import { network } from './network.js';
import { noNewPrivileges } from './no-new-privileges.js';
import { processes } from './processes.js';
import { processesApart } from './processes-apart.js';
import { processor } from './processor.js';
import { readOnlyRoot } from './read-only-root.js';
import { seccomp } from './seccomp.js';
import { swap } from './swap.js';
import { workspaceHidden } from './workspace-hidden.js';

export const guarantees: readonly Guarantee[] = [
  network,
  readOnlyRoot,
  mounts,
  capabilities,
  noNewPrivileges,
  seccomp,
  identity,
  workspaceHidden,
  processesApart,
  engineSocket,
  memory,
  swap,
  processes,
  processor,
  memoryFiles,
  fileLimits,
  clock,
];

export interface GuaranteeResult extends Verdict {
  readonly id: string;
  readonly title: string;
}

/** What one user of the container found of its own sandbox, judged. */
export interface SelfTest {
  readonly principal: Principal;
  readonly uid: number;
  /** How long the looking took in the container, ms. */
  readonly ms: number;
  readonly results: readonly GuaranteeResult[];
}

/** Judges the facts of one principal by every guarantee. */
export function evaluateFacts(facts: SelfTestFacts, asked: SelfTestCase): SelfTest {
  const results = guarantees.flatMap(({ id, title, check }) => {
    const verdict = check(facts, asked);
    return verdict === undefined ? [] : [{ id, title, ...verdict }];
  });
  return { principal: asked.principal, uid: asked.uid, ms: facts.tookMs, results };
}

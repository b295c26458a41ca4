import type { SelfTestFacts } from '../../protocol/self-test.js';
import { agentIdFor } from '../../sandbox/build-spec.js';
import type { AgentSandboxParts } from '../sandbox/agent-sandbox.js';
import type { StartedContainer } from '../sandbox/start-sandbox.js';
import { evaluateFacts } from './evaluate.js';
import { requireGuarantees, toSelfTestRecord } from './judge-self-test.js';

export interface TakenFacts {
  /** Whose they are: the tool proxy's, or an agent's in its mode. */
  readonly kind: 'runner' | 'brokered' | 'contained';
  readonly facts: SelfTestFacts;
  readonly hostMs: number;
}

/** Judges a self-test and tells of it; throws when the session may not go on. */
export function takeSelfTest(
  { parts, report }: Pick<AgentSandboxParts, 'parts' | 'report'>,
  container: StartedContainer,
  { kind, facts, hostMs }: TakenFacts,
): void {
  const isRunner = kind !== 'brokered';
  const agentId = agentIdFor(container.runnerUid);
  const test = evaluateFacts(facts, {
    principal: kind === 'runner' ? 'runner' : 'agent',
    uid: isRunner ? container.runnerUid : agentId,
    gid: isRunner ? container.runnerGid : agentId,
    spec: container.spec,
    runtime: container.spec.runtime ?? container.engine.defaultRuntime,
    hidesWorkspace: kind !== 'contained',
    hostMs,
  });
  const runtime = container.spec.runtime ?? 'default';
  report.record(toSelfTestRecord(test, runtime));
  report.emit({ type: 'self-test', ...test });
  requireGuarantees(test, runtime, parts.request.acceptedUnproven?.[runtime] ?? []);
}

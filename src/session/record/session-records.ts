import type { AuditRecord } from '../../audit/records.js';
import { hashPolicy, type Policy } from '../../policy/policy.js';
import { containerRules } from '../../sandbox/posture/rules.js';
import { seccompOf } from '../../sandbox/seccomp/profile.js';
import type { RunRequest } from '../api.js';
import type { SessionOutcome } from '../events.js';
import type { StartedContainer } from '../sandbox/start-sandbox.js';

/** What the audit log says of a session's start. */
export function toStartRecord(
  sessionId: string,
  request: RunRequest,
  policy: Policy,
  container: StartedContainer,
  version: string,
): AuditRecord {
  return {
    kind: 'session-start',
    sessionId,
    workspace: request.workspace,
    agent: request.agent.id,
    provider: request.provider,
    model: request.model,
    strategy: container.strategy,
    image: container.image,
    engine: `${container.engine.version} (API ${container.engine.apiVersion})`,
    preset: request.preset,
    policySha256: hashPolicy(policy),
    version,
    runtime: container.spec.runtime ?? 'engine default',
    seccomp: seccompOf(container.spec.securityOpt),
    posture: containerRules.map(({ id }) => id),
  };
}

/** What the audit log says of a session's end. */
export function toEndRecord(outcome: SessionOutcome, ms: number): AuditRecord {
  const detail = outcome.kind === 'failed' ? { detail: outcome.error.message } : {};
  return { kind: 'session-end', outcome: outcome.kind, ms, ...detail };
}

import type { ToolCheck } from '../agents/tool-check.js';
import { createGateway, defaultGatewayLimits, type Gateway } from '../gateway/gateway.js';
import type { HostOptions, RunRequest } from './api.js';
import type { SessionEvent } from './events.js';
import type { SessionAudit } from './session-audit.js';

export interface GatewayParts extends Pick<HostOptions, 'key' | 'logger'> {
  readonly request: RunRequest;
  readonly audit: Pick<SessionAudit, 'append'>;
  readonly toolCheck: ToolCheck | undefined;
  readonly emit: (event: SessionEvent) => void;
}

/** The model gateway of one session: its calls are recorded, and what they offer is checked. */
export function openGateway({ request, audit, toolCheck, emit, key, logger }: GatewayParts): Gateway {
  return createGateway({
    provider: request.provider,
    baseUrl: request.modelUrl,
    key: () => key(request),
    limits: defaultGatewayLimits,
    allowServerTools: request.allowServerTools ?? [],
    allowPrivateUpstream: request.allowPrivateUpstream ?? false,
    ...(toolCheck === undefined ? {} : { checkTools: (offered) => toolCheck.check(offered) }),
    onCall: (record) => {
      audit.append({ kind: 'model-call', ...record });
      emit({ type: 'model-call', status: record.status, ms: record.ms });
    },
    logger,
  });
}

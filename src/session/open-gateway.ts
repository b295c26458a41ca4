import type { ToolCheck } from '../agents/tool-check.js';
import { createGateway, defaultGatewayLimits, type Gateway } from '../gateway/gateway.js';
import { Meter } from '../gateway/spend/meter.js';
import type { HostOptions, RunRequest } from './api.js';
import type { SessionEvent } from './events.js';
import type { SessionAudit } from './session-audit.js';
import type { SpendLedger } from './spend-ledger.js';

/** No answer by then is a stop. */
const ANSWER_MS = 10 * 60_000;

export interface GatewayParts extends Pick<HostOptions, 'key' | 'logger' | 'confirmGoingOn'> {
  readonly request: RunRequest;
  readonly audit: Pick<SessionAudit, 'append'>;
  readonly ledger: SpendLedger;
  readonly toolCheck: ToolCheck | undefined;
  /** The session's end: nobody need be asked any more. */
  readonly signal: AbortSignal;
  readonly emit: (event: SessionEvent) => void;
}

/** The model gateway of one session: its calls are recorded, and what they offer is checked. */
export function openGateway(parts: GatewayParts): Gateway {
  const { request, audit, toolCheck, emit, key, logger } = parts;
  return createGateway({
    provider: request.provider,
    baseUrl: request.modelUrl,
    key: () => key(request),
    limits: defaultGatewayLimits,
    meter: openMeter(parts),
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

function openMeter({ request, ledger, emit, logger, confirmGoingOn, signal, audit }: GatewayParts): Meter {
  const notice = (text: string) => {
    audit.append({ kind: 'notice', level: 'warning', text });
    emit({ type: 'notice', level: 'warning', text });
  };
  return new Meter({
    limits: request.spendLimits ?? {},
    prices: request.prices ?? [],
    day: () => ledger.today(),
    keep: (spend) =>
      void ledger.keep(spend).catch((error) => logger.warn(`the day's spend is not kept: ${error}`)),
    onSpend: (spend) => emit({ type: 'spend', ...spend }),
    onPause: async ({ text }) => {
      notice(`The agent is paused: ${text}.`);
      const inTime = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]);
      const answer = (await confirmGoingOn?.(text, inTime).catch(() => 'stop' as const)) ?? 'stop';
      notice(answer === 'continue' ? 'The user let the agent go on.' : 'The agent gets no more model calls.');
      return answer;
    },
  });
}

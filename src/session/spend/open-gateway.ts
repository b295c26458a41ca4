import type { ToolCheck } from '../../agents/tool-check.js';
import { errors } from '../../base/errors.js';
import { EditorModelService } from '../../gateway/editor-models/editor-service.js';
import { createGateway, defaultGatewayLimits, type Gateway } from '../../gateway/gateway.js';
import { type ScanMode, SecretScan } from '../../gateway/scan/secret-scan.js';
import { Meter } from '../../gateway/spend/meter.js';
import type { HostOptions, RunRequest } from '../api.js';
import type { SessionEvent } from '../events.js';
import type { SessionAudit } from '../record/session-audit.js';
import type { SpendLedger } from './spend-ledger.js';

/** No answer by then is a stop. */
const ANSWER_MS = 10 * 60_000;

export interface GatewayParts
  extends Pick<HostOptions, 'key' | 'logger' | 'confirmGoingOn' | 'editorModels'> {
  readonly id: string;
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
  const { secretScan = 'warn' } = request;
  return createGateway({
    provider: request.provider,
    baseUrl: request.modelUrl,
    key: () => (request.editorModels === true ? Promise.resolve('editor') : key(request)),
    ...(request.editorModels === true ? { service: openEditorService(parts) } : {}),
    limits: defaultGatewayLimits,
    meter: openMeter(parts),
    ...(secretScan === 'off' ? {} : { scan: openScan(secretScan, (text) => notice(parts, text)) }),
    allowServerTools: request.allowServerTools ?? [],
    allowPrivateUpstream: request.allowPrivateUpstream ?? false,
    network: request.modelNetwork ?? {},
    ...(toolCheck === undefined ? {} : { checkTools: (offered) => toolCheck.check(offered) }),
    onCall: (record) => {
      audit.append({ kind: 'model-call', ...record });
      emit({ type: 'model-call', status: record.status, ms: record.ms });
    },
    logger,
  });
}

function openEditorService({ request, editorModels }: GatewayParts): EditorModelService {
  if (editorModels === undefined || request.provider !== 'anthropic') throw errors.noEditorModels();
  return new EditorModelService(editorModels, request.model);
}

function openScan(
  mode: ScanMode,
  tell: (text: string) => void,
): (json: unknown) => Promise<string | undefined> {
  const scan = new SecretScan(mode, tell);
  return (json) => scan.check(json);
}

function notice({ audit, emit }: Pick<GatewayParts, 'audit' | 'emit'>, text: string): void {
  audit.append({ kind: 'notice', level: 'warning', text });
  emit({ type: 'notice', level: 'warning', text });
}

function openMeter(parts: GatewayParts): Meter {
  const { request, ledger, emit, logger, confirmGoingOn, signal } = parts;
  return new Meter({
    limits: request.spendLimits ?? {},
    prices: request.prices ?? [],
    day: () => ledger.today(),
    keep: (spend) =>
      void ledger.keep(spend).catch((error) => logger.warn(`the day's spend is not kept: ${error}`)),
    onSpend: (spend) => emit({ type: 'spend', ...spend }),
    onPause: async ({ text }) => {
      notice(parts, `The agent is paused: ${text}.`);
      const inTime = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]);
      const answer =
        (await confirmGoingOn?.({ sessionId: parts.id, reason: text }, inTime).catch(
          () => 'stop' as const,
        )) ?? 'stop';
      notice(
        parts,
        answer === 'continue' ? 'The user let the agent go on.' : 'The agent gets no more model calls.',
      );
      return answer;
    },
  });
}

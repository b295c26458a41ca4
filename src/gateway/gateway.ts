import { systemClock } from '../base/clock.js';
import { describeError } from '../base/errors.js';
import { toVisibleLine } from '../base/visible-text.js';
import { parseBaseUrl } from './base-url.js';
import { type CallContext, forward } from './forward.js';
import {
  defaultTimeouts,
  type Gateway,
  type GatewayCall,
  type GatewayOptions,
  type ModelCallRecord,
} from './gateway-types.js';
import { redactKey } from './key-guard.js';
import { Limiter } from './limiter.js';
import { providers } from './providers/index.js';
import { sendRefusal } from './refusal.js';
import { checkRoute } from './route.js';
import { Upstream } from './upstream.js';

export type {
  Gateway,
  GatewayCall,
  GatewayLimits,
  GatewayOptions,
  ModelCallRecord,
} from './gateway-types.js';
export { defaultGatewayLimits } from './gateway-types.js';

/**
 * The container's only way to a model: an exact list of requests goes out with the user's key, and
 * the answer comes back byte for byte. Throws `upstream-refused` for an unfit base URL.
 */
export function createGateway(options: GatewayOptions): Gateway {
  const provider = providers[options.provider];
  const clock = options.clock ?? systemClock;
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const service = options.service ?? new Upstream(parseBaseUrl(options.baseUrl), timeouts, options);
  const limiter = new Limiter(options.limits, clock);
  const closing = new AbortController();
  const inFlight = new Set<Promise<void>>();

  async function handle(call: GatewayCall): Promise<void> {
    const started = clock();
    const context: CallContext = {
      provider,
      service,
      timeouts,
      bodyBytes: options.limits.bodyBytes,
      checkTools: options.checkTools,
      meter: options.meter,
      scan: options.scan,
      allowServerTools: options.allowServerTools ?? [],
      readKey: options.key,
      signal: AbortSignal.any([call.signal, closing.signal]),
      seen: { status: 0, bytesIn: 0, bytesOut: 0 },
    };
    const admission = limiter.admit();
    try {
      if (admission.kind === 'refused') {
        await sendRefusal(call, context, { status: 429, ...admission });
      } else {
        const route = checkRoute(provider, call.method, call.path);
        if (route.kind === 'allowed') await forward(call, route, context);
        else await sendRefusal(call, context, { status: 403, reason: `${route.reason}; it was not sent` });
      }
    } catch (error) {
      context.seen.error ??= describeError(error);
    } finally {
      if (admission.kind === 'admitted') admission.release();
    }
    if (admission.kind === 'admitted' || admission.first) report(call, context, clock() - started);
  }

  function report(call: GatewayCall, { seen }: CallContext, ms: number): void {
    const { key, error, ...rest } = seen;
    const clean = (text: string) => toVisibleLine(redactKey(text, key));
    const path = clean(`${call.method} ${call.path}`);
    const record: ModelCallRecord = { provider: provider.id, path, ms, ...rest };
    const outcome = error === undefined ? '' : `: ${clean(error)}`;
    const line = `model call ${path} ${seen.status} in ${ms} ms${outcome}`;
    if (error === undefined) options.logger.debug(line);
    else options.logger.warn(line);
    try {
      options.onCall(error === undefined ? record : { ...record, error: clean(error) });
    } catch (failure) {
      options.logger.error('the record of a model call could not be kept', failure);
    }
  }

  return {
    handle(call) {
      const done = handle(call).finally(() => inFlight.delete(done));
      inFlight.add(done);
      return done;
    },
    async close() {
      closing.abort();
      service.close();
      await Promise.all(inFlight);
    },
  };
}

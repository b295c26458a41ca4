import type { lookup } from 'node:dns';
import type { Readable, Writable } from 'node:stream';
import type { ModelCallAudit } from '../audit/records.js';
import type { Clock } from '../base/clock.js';
import type { Logger } from '../base/logger.js';
import type { ModelService } from './model-service.js';
import type { ProviderId } from './provider.js';
import type { ServerToolKind } from './server-tools/server-tool.js';
import type { Usage } from './spend/spend.js';
import type { UpstreamNetwork } from './upstream-network.js';

export interface GatewayLimits {
  readonly requestsPerMinute: number;
  /** Calls at the same time. */
  readonly concurrent: number;
  /** Calls in the gateway's life: one session's. */
  readonly totalRequests: number;
  /** One request body, bytes. */
  readonly bodyBytes: number;
}

/** Milliseconds. */
export interface GatewayTimeouts {
  /** For the request body to arrive from the container. */
  readonly body: number;
  /** For the connection, TLS included. */
  readonly connect: number;
  /** From the request to the response's headers. */
  readonly headers: number;
  /** Between two pieces of a response body. */
  readonly idle: number;
}

export interface GatewayOptions {
  readonly provider: ProviderId;
  /** See `parseBaseUrl`. */
  readonly baseUrl: string;
  /** Answers in the address's place; no key is needed then. */
  readonly service?: ModelService;
  /** Asked at each call, so that a key set during a session counts. */
  readonly key: () => Promise<string | undefined>;
  readonly limits: GatewayLimits;
  /** What of its own doing the model service may be asked for; nothing when left out. */
  readonly allowServerTools?: readonly ServerToolKind[];
  /** Whether the base URL's name may lead to an address that is not of the internet. A literal address always may. */
  readonly allowPrivateUpstream?: boolean;
  /** The user's proxy and certificate authorities; a direct connection and Node's own when left out. */
  readonly network?: UpstreamNetwork;
  /** Where names are looked up; the system's own resolver when left out. */
  readonly resolve?: typeof lookup;
  /** Looks at what a request carries; a reason refuses it. */
  readonly scan?: (json: unknown) => Promise<string | undefined>;
  /** Counts what is spent, and may hold a call; without one nothing is counted. */
  readonly meter?: CallMeter;
  /** Sees the names of the tools that each request offers the model; a reason refuses the request. */
  readonly checkTools?: (offered: readonly string[]) => string | undefined;
  /** Called once a call, also for refused ones (over-limit ones: once a minute). */
  readonly onCall: (record: ModelCallRecord) => void;
  readonly logger: Logger;
  readonly clock?: Clock;
  readonly timeouts?: Partial<GatewayTimeouts>;
}

/** What a gateway asks before a call to a model, and tells after it. */
export interface CallMeter {
  /** The reason why the call must not go out. May take as long as a person needs. */
  admit(json: unknown): Promise<string | undefined>;
  record(usage: Usage, json: unknown, ok: boolean): void;
}

/** One request from the container. Everything in it is untrusted. */
export interface GatewayCall {
  readonly method: string;
  /** Path and query after `/llm`, as received. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Not read to its end when the call is refused: the caller closes it once `handle` has settled. */
  readonly body: Readable;
  /** Aborted when the container gives the call up. */
  readonly signal: AbortSignal;
  /** Starts the response; called at most once. Destroying the stream tells the container that it is not whole. */
  respond(status: number, headers: Record<string, string>): Writable;
}

/** What is kept of a call: no key, no content. */
export type ModelCallRecord = Omit<ModelCallAudit, 'kind'>;

export interface Gateway {
  /** Settles when the call is over; never rejects. */
  handle(call: GatewayCall): Promise<void>;
  /** Ends the calls in flight and closes the connections. Idempotent. */
  close(): Promise<void>;
}

export const defaultGatewayLimits: GatewayLimits = {
  requestsPerMinute: 120,
  concurrent: 8,
  totalRequests: 2000,
  bodyBytes: 32 * 1024 * 1024,
};

export const defaultTimeouts: GatewayTimeouts = {
  body: 60_000,
  connect: 10_000,
  headers: 120_000,
  idle: 300_000,
};

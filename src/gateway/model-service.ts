import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';

export interface ServiceRequest {
  /** Path and query of a route. */
  readonly target: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
  readonly signal: AbortSignal;
}

export type ModelResponse = Readable & {
  readonly statusCode?: number | undefined;
  readonly headers: IncomingHttpHeaders;
};

/** What answers the calls that the gateway has let through. */
export interface ModelService {
  /** Resolves at the response's head. Rejects with a reason that carries no secret. */
  send(request: ServiceRequest): Promise<ModelResponse>;
  close(): void;
}

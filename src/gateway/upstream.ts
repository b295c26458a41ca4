import { type Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { ConnectionOptions } from 'node:tls';
import type { BaseUrl } from './base-url.js';
import type { GatewayOptions, GatewayTimeouts } from './gateway-types.js';
import type { ModelService, ServiceRequest } from './model-service.js';
import { createUpstreamAgent, tlsOptions, type UpstreamNetwork } from './upstream-network.js';

type UpstreamTrust = Pick<GatewayOptions, 'allowPrivateUpstream' | 'resolve' | 'network'>;

const MAX_HEADER_BYTES = 32 * 1024;

/** Connections to one base URL. Redirects and upgrades are not followed. */
export class Upstream implements ModelService {
  readonly #base: BaseUrl;
  readonly #timeouts: GatewayTimeouts;
  readonly #agent: Agent;
  readonly #network: UpstreamNetwork;
  /** Made with the first call: a session's start does not wait for it. */
  #tls: ConnectionOptions | undefined;

  constructor(base: BaseUrl, timeouts: GatewayTimeouts, trust: UpstreamTrust) {
    this.#base = base;
    this.#timeouts = timeouts;
    this.#network = trust.network ?? {};
    this.#agent = createUpstreamAgent(base, {
      network: this.#network,
      allowPrivateUpstream: trust.allowPrivateUpstream ?? false,
      resolve: trust.resolve,
    });
  }

  /** Sends the request; resolves at the response's headers. Rejects with a reason that carries no secret. */
  async send(request: ServiceRequest): Promise<IncomingMessage> {
    try {
      return await this.#sendOnce(request);
    } catch (error) {
      // The service closed an idle connection just as it was taken up: nothing was processed.
      if (error instanceof StaleConnectionError) return this.#sendOnce(request);
      throw error;
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  #tlsOptions(): ConnectionOptions {
    if (this.#base.protocol !== 'https:') return {};
    this.#tls ??= tlsOptions(this.#network);
    return this.#tls;
  }

  #sendOnce({ target, headers, body, signal }: ServiceRequest): Promise<IncomingMessage> {
    const { hostname, port, prefix, protocol } = this.#base;
    const open = protocol === 'https:' ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      const request = open({
        agent: this.#agent,
        protocol,
        hostname,
        port,
        method: 'POST',
        path: `${prefix}${target}`,
        headers,
        maxHeaderSize: MAX_HEADER_BYTES,
        ...this.#tlsOptions(),
        signal,
      });
      const expire = (what: string, ms: number) =>
        setTimeout(() => request.destroy(new Error(`${what} took longer than ${ms} ms`)), ms);
      const headersTimer = expire('the response', this.#timeouts.headers);
      let connectTimer: NodeJS.Timeout | undefined;
      request.on('socket', (socket) => {
        if (!socket.connecting) return;
        connectTimer = expire('the connection', this.#timeouts.connect);
        socket.once(protocol === 'https:' ? 'secureConnect' : 'connect', () => clearTimeout(connectTimer));
      });
      request.on('response', (response) => {
        clearTimeout(headersTimer);
        resolve(response);
      });
      // Its answer is not the service's: it would be read as one otherwise.
      request.on('proxyConnect', ({ statusCode }: { statusCode: number }) => {
        if (statusCode !== 200) request.destroy(new Error(`the proxy answered with status ${statusCode}`));
      });
      request.on('upgrade', (_response, socket) => {
        socket.destroy();
        reject(new Error('the service wanted to switch protocols'));
      });
      request.on('close', () => {
        clearTimeout(headersTimer);
        clearTimeout(connectTimer);
      });
      request.on('error', (error: NodeJS.ErrnoException) => {
        const stale = request.reusedSocket && error.code === 'ECONNRESET' && !signal.aborted;
        reject(stale ? new StaleConnectionError() : error);
      });
      request.end(body);
    });
  }
}

class StaleConnectionError extends Error {
  constructor() {
    super('the connection was closed by the model service');
    this.name = 'StaleConnectionError';
  }
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BridgeAddress } from '../agent/bridge-http.js';
import { refuse } from './refuse.js';

type Endpoint = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** The route `/mcp`. Its code is a bundle of its own, loaded by the first request: few agents ever make one. */
export function createMcpRoute(
  bridge: BridgeAddress,
): (request: IncomingMessage, response: ServerResponse) => void {
  let endpoint: Promise<Endpoint> | undefined;
  return (request, response) => {
    endpoint ??= import('../mcp/http.js').then(({ createMcpEndpoint }) => createMcpEndpoint(bridge));
    endpoint
      .then((handle) => handle(request, response))
      .catch(() => {
        // A body that is too large or no JSON; the request is not read any further.
        if (response.headersSent) response.destroy();
        else refuse(response, 400, 'the message is too large or not JSON');
      });
  };
}

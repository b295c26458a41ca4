import type { ServerResponse } from 'node:http';

/** Answers without asking the host, and closes the connection. */
export function refuse(response: ServerResponse, status: number, error: string): void {
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify({ error }));
}

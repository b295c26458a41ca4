import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';

// A model service that streams as much as the request's `model` says: `stream-N`, N in MB. Prints its port.
const MB = 1024 * 1024;
const event = `event: content_block_delta\ndata: {"type":"content_block_delta","delta":{"text":"${'x'.repeat(16_000)}"}}\n\n`;
const end = 'event: message_stop\ndata: {"type":"message_stop"}\n\n';

const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  await stream(response, Number(/"stream-(\d+)"/.exec(body)?.[1] ?? 0) * MB);
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address !== 'string') process.stdout.write(`${address.port}\n`);
});
// Ends with whoever started it.
process.stdin.resume().once('end', () => process.exit(0));

async function stream(response: ServerResponse, bytes: number): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (let sent = 0; sent < bytes && !response.destroyed; sent += event.length)
    if (!response.write(event)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
  response.end(end);
}

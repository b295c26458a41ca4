import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { alternate, type Row, row } from './measure.js';

const TOKEN = 'token-of-the-benchmark';
const MB = 1024 * 1024;
const STREAMS = 50;
const CALLS = 200;

interface Place {
  readonly port: number;
  readonly agent: Agent;
}

/** The model gateway as a process of its own (`airlock gateway`), beside a direct connection to the same service. */
export async function measureGateway(dir: string): Promise<readonly Row[]> {
  const upstream = spawn(process.execPath, ['out/bench-upstream.js']);
  const direct = place(Number(await firstLine(upstream)));
  const gateway = await startGateway(dir, direct.port);
  try {
    const through = place(gateway.port);
    const firstByte = await alternate(
      CALLS,
      () => timeToFirstByte(through),
      () => timeToFirstByte(direct),
    );
    const speed = await alternate(
      7,
      () => measureSpeed(through, 128),
      () => measureSpeed(direct, 128),
      1,
    );
    const idleBytes = await residentBytes(gateway.child);
    const together = await alternate(
      3,
      () => measureTogether(through),
      () => measureTogether(direct),
      1,
    );
    const peakBytes = await residentBytes(gateway.child, 'VmHWM');
    const memory = { ours: (peakBytes - idleBytes) / STREAMS / 1024, against: idleBytes / 1024 };
    return [
      row('gateway: first byte', firstByte, 'ms', CALLS, { of: 'difference', value: 2 }),
      row('gateway: one stream', speed, 'MB/s', 7, { of: 'ours', atLeast: true, value: 30 }),
      row(`gateway: ${STREAMS} streams at once, together`, together, 'MB/s', 3),
      row('gateway: memory of a stream, beside the idle process', memory, 'KB', 1),
    ];
  } finally {
    gateway.child.kill('SIGTERM');
    upstream.stdin.end();
    await Promise.all([once(gateway.child, 'close'), once(upstream, 'close')]);
  }
}

async function startGateway(dir: string, upstreamPort: number) {
  const [tokenFile, keyFile] = [join(dir, 'token'), join(dir, 'key')];
  await writeFile(tokenFile, TOKEN, { mode: 0o600 });
  await writeFile(keyFile, 'key-of-the-benchmark', { mode: 0o600 });
  const options = {
    '--provider': 'anthropic',
    '--upstream': `http://127.0.0.1:${upstreamPort}`,
    '--listen': '127.0.0.1:0',
    '--token-file': tokenFile,
    '--key-file': keyFile,
    '--concurrent': String(STREAMS),
    '--requests-per-minute': '999999',
  };
  const child = spawn(process.execPath, ['dist/cli.js', 'gateway', ...Object.entries(options).flat()]);
  const port = Number(/:(\d+)$/.exec(await firstLine(child))?.[1]);
  return { child, port };
}

async function firstLine(child: ChildProcessWithoutNullStreams): Promise<string> {
  let text = '';
  while (!text.includes('\n')) {
    const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
    text += chunk.toString();
  }
  return text.split('\n')[0] ?? '';
}

function place(port: number): Place {
  return { port, agent: new Agent({ keepAlive: true, maxSockets: STREAMS }) };
}

/** Reads a stream of so many MB to its end; resolves to its bytes and when the first came, ms. */
function read({ port, agent }: Place, megabytes: number): Promise<{ bytes: number; firstMs: number }> {
  const body = JSON.stringify({ model: `stream-${megabytes}`, stream: true, messages: [] });
  const headers = { 'x-api-key': TOKEN, 'content-type': 'application/json', 'content-length': body.length };
  return new Promise((resolve, reject) => {
    const start = performance.now();
    let firstMs = 0;
    let bytes = 0;
    const call = request({ host: '127.0.0.1', port, agent, path: '/v1/messages', method: 'POST', headers });
    call.once('error', reject);
    call.once('response', (response) => {
      if (response.statusCode !== 200) return reject(new Error(`the answer was ${response.statusCode}`));
      response.on('data', (chunk: Buffer) => {
        if (bytes === 0) firstMs = performance.now() - start;
        bytes += chunk.length;
      });
      response.once('end', () => resolve({ bytes, firstMs }));
      response.once('error', reject);
    });
    call.end(body);
  });
}

async function timeToFirstByte(where: Place): Promise<number> {
  return (await read(where, 0)).firstMs;
}

/** MB a second. */
async function measureSpeed(where: Place, megabytes: number): Promise<number> {
  const start = performance.now();
  const { bytes } = await read(where, megabytes);
  return bytes / MB / ((performance.now() - start) / 1000);
}

async function measureTogether(where: Place): Promise<number> {
  const start = performance.now();
  const all = await Promise.all(Array.from({ length: STREAMS }, () => read(where, 8)));
  const bytes = all.reduce((sum, each) => sum + each.bytes, 0);
  return bytes / MB / ((performance.now() - start) / 1000);
}

async function residentBytes({ pid }: ChildProcessWithoutNullStreams, field = 'VmRSS'): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1024;
}

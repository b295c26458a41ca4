import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile, rm, stat } from 'node:fs/promises';
import type * as http2 from 'node:http2';
import * as net from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { maxToolBodyBytes } from '../../../src/protocol/bridge.js';
import { readBounded } from '../../../src/protocol/ndjson.js';
import { BridgeDriver, readResponse } from './support/bridge-driver.js';
import { findProcesses, until } from './support/host-processes.js';

describe('bridge', function () {
  this.timeout(20_000);
  let bridge: BridgeDriver;
  const start = async (code?: string) => {
    bridge = new BridgeDriver(code);
    await bridge.ready;
  };
  afterEach(async () => {
    bridge.guest.road.destroy();
    await bridge.guest.stop();
    await rm(bridge.home, { recursive: true, force: true });
  });

  it('starts the agent with the given environment and nothing else', async () => {
    await start();
    const { env, cwd, argv } = JSON.parse(bridge.agentOutput.split('\n')[0] ?? '');
    assert.deepEqual(Object.keys(env).sort(), [
      'AIRLOCK_CALL',
      'HOME',
      'LANG',
      'PATH',
      'TMPDIR',
      'TOKEN',
      'URL',
    ]);
    assert.equal(env.URL, `http://127.0.0.1:${bridge.port}`);
    assert.match(env.TOKEN, /^[\w-]{43}$/);
    assert.deepEqual([cwd, argv], ['/tmp', [`port=${bridge.port}`]]);
  });

  it('makes the agent’s files in its HOME, readable by nobody else', async () => {
    await start();
    const file = join(bridge.home, '.airlock/bridge.json');
    assert.deepEqual(JSON.parse(await readFile(file, 'utf8')), { port: bridge.port, token: bridge.token });
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    assert.equal((await stat(join(bridge.home, '.airlock'))).mode & 0o777, 0o700);
  });

  it('carries the agent’s stdio both ways and reports its exit', async () => {
    await start("process.stdin.once('data',d=>{process.stdout.write('got '+d);process.exit(7)})");
    bridge.agentStdin?.write('ping');
    await bridge.exited;
    assert.match(bridge.agentOutput, /got ping$/);
    assert.deepEqual(bridge.exit, { exitCode: 7, signal: null });
    await once(bridge.guest.child, 'exit');
    assert.equal(bridge.guest.child.exitCode, 0);
  });

  it('delivers all of the agent’s output before its exit', async () => {
    await start("process.stdout.write('x'.repeat(5000000));");
    bridge.agentStdin?.end();
    await bridge.exited;
    assert.equal(bridge.agentOutput.length - bridge.agentOutput.indexOf('\n') - 1, 5_000_000);
  });

  it('admits nobody without the token and knows three routes only', async () => {
    await start();
    let calls = 0;
    bridge.onCall((stream) => {
      calls += 1;
      stream.respond({ ':status': 200 });
      stream.end('ok');
    });
    for (const authorization of [
      '',
      'Bearer ',
      `Bearer ${bridge.token}x`,
      `Basic ${bridge.token}`,
      'Bearer é',
    ]) {
      assert.equal(
        (await bridge.ask('/llm/v1/messages', '', { headers: { authorization } })).status,
        401,
        authorization,
      );
    }
    for (const path of ['/', '/hello', '/agent/stdio', '/tools/', '/tools/../hello', '/tools/x?y', '/llmx']) {
      assert.equal((await bridge.ask(path)).status, 404, path);
    }
    assert.equal((await bridge.ask('/tools/read_file', '', { method: 'GET' })).status, 404);
    assert.equal(calls, 0);
    for (const name of ['x-api-key', 'x-goog-api-key']) {
      const headers = { authorization: 'none', [name]: bridge.token };
      assert.equal((await bridge.ask('/llm/v1/messages', '', { headers })).body, 'ok');
    }
  });

  it('listens on the loopback address only', async () => {
    await start();
    const socket = net.connect({ host: '::1', port: bridge.port });
    const [error] = await once(socket, 'error');
    assert.match(String(error), /ECONNREFUSED|EADDRNOTAVAIL|ENETUNREACH/);
  });

  it('forwards method, path, headers and body without credentials, and the answer back', async () => {
    await start();
    let seen: http2.IncomingHttpHeaders = {};
    bridge.onCall(async (stream, headers) => {
      seen = headers;
      const body = await readBounded(stream, 1e6);
      stream.respond({ ':status': 429, 'retry-after': '3', 'content-type': 'text/x' });
      stream.end(`<${body}>`);
    });
    const headers = {
      'content-type': 'application/json',
      'anthropic-version': '2023-06-01',
      cookie: 'c',
      'x-api-key': 'k',
      'airlock-method': 'PUT',
    };
    const answer = await bridge.ask('/llm/v1/models?x=1', 'body', {
      method: 'GET',
      headers: { ...headers, 'content-length': 4 },
    });
    assert.deepEqual([answer.status, answer.body, answer.headers['retry-after']], [429, '<body>', '3']);
    assert.equal(seen[':path'], '/llm/v1/models?x=1');
    assert.equal(seen['airlock-method'], 'GET');
    assert.equal(seen['anthropic-version'], '2023-06-01');
    for (const name of ['authorization', 'x-api-key', 'cookie', 'host', 'connection'])
      assert.equal(seen[name], undefined, name);
    assert.ok(!JSON.stringify(seen).includes(bridge.token));
  });

  it('streams both ways without waiting', async () => {
    await start();
    bridge.onCall((stream) => {
      stream.respond({ ':status': 200 });
      stream.on('data', (chunk: Buffer) => stream.write(`echo ${chunk}`));
      stream.on('end', () => stream.end());
    });
    const request = bridge.call('/llm/v1/messages');
    request.write('one');
    const [response] = await once(request, 'response');
    assert.equal(String((await once(response, 'data'))[0]), 'echo one');
    request.write('two');
    assert.equal(String((await once(response, 'data'))[0]), 'echo two');
    request.end();
    response.resume();
    await once(response, 'end');
  });

  it('delivers an answer that comes before the whole request was read', async () => {
    await start();
    bridge.onCall((stream) => {
      stream.respond({ ':status': 403 });
      stream.end('no');
    });
    const answer = await bridge.ask('/llm/v1/messages', 'x'.repeat(3_000_000));
    assert.deepEqual([answer.status, answer.body], [403, 'no']);
  });

  it('holds the host back when the agent does not read', async () => {
    await start();
    let sent = 0;
    bridge.onCall((stream) => {
      stream.respond({ ':status': 200 });
      const chunk = Buffer.alloc(1024 * 1024);
      const more = () => {
        while (sent < 200 && stream.write(chunk)) sent += 1;
        sent += 1;
      };
      stream.on('drain', more);
      more();
    });
    const request = bridge.call('/llm/v1/messages');
    request.end();
    const [response] = await once(request, 'response');
    response.pause();
    await delay(500);
    assert.ok(sent < 50, `${sent} MB were taken from the host`);
    request.destroy();
  });

  it('tells the host when the agent gives up, and the agent when the host does', async () => {
    await start();
    let closed = -1;
    bridge.onCall((stream) => {
      stream.respond({ ':status': 200 });
      stream.write('partial');
      stream.once('close', () => {
        closed = stream.rstCode ?? -1;
      });
    });
    const request = bridge.call('/tools/run_command');
    request.end('{}');
    const [response] = await once(request, 'response');
    await once(response, 'data');
    request.destroy();
    await until('the host is told', () => closed === 8);
    bridge.onCall((stream) => {
      stream.respond({ ':status': 200 });
      stream.write('partial', () => stream.destroy(new Error('upstream broke')));
    });
    await assert.rejects(bridge.ask('/llm/x'), /aborted|terminated|closed/);
    bridge.onCall((stream) => stream.destroy(new Error('refused')));
    assert.equal((await bridge.ask('/llm/x')).status, 502);
  });

  it('never passes a request that was cut off as a whole one', async () => {
    await start();
    let ended = false;
    let closed = false;
    bridge.onCall((stream) => {
      stream.resume();
      stream.once('end', () => {
        ended = stream.rstCode === 0 && !stream.aborted;
      });
      stream.once('close', () => {
        closed = true;
      });
    });
    const request = bridge.call('/llm/v1/messages');
    request.write('{"half":');
    await delay(100);
    request.destroy();
    await until('the host is told', () => closed);
    assert.equal(ended, false);
  });

  it('bounds bodies, announced or not', async () => {
    await start();
    bridge.onCall((stream) => {
      stream.respond({ ':status': 200 });
      stream.resume();
      stream.on('end', () => stream.end('taken'));
    });
    const body = 'x'.repeat(maxToolBodyBytes + 1);
    const announced = bridge.call('/tools/read_file', { headers: { 'content-length': body.length } });
    announced.flushHeaders();
    assert.equal((await readResponse(announced)).status, 413);
    const chunked = bridge.call('/tools/read_file');
    chunked.write(body);
    chunked.end();
    await assert.rejects(readResponse(chunked));
  });

  it('bounds the number of connections', async () => {
    await start();
    const sockets = Array.from({ length: 80 }, () => net.connect(bridge.port, '127.0.0.1'));
    let dropped = 0;
    for (const socket of sockets) {
      socket.on('error', () => undefined);
      socket.once('close', () => {
        dropped += 1;
      });
    }
    await until('those over the bound are dropped', () => dropped === 16);
    for (const socket of sockets) socket.destroy();
  });

  it('kills the agent and leaves when the host goes away', async () => {
    const name = `airlock-agent-${process.pid}-${Date.now()}`;
    await start(
      `require('child_process').spawn('sleep',['300'],{argv0:'${name}',detached:true,stdio:'ignore'});process.on('SIGTERM',()=>{});process.stdin.resume();setInterval(()=>{},1000)`,
    );
    await until('agent and child run', () => findProcesses(name).length >= 2);
    await bridge.guest.stop();
    await until('both are gone', () => findProcesses(name).length === 0);
  });
});

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import Docker from 'dockerode';
import { AirlockError } from '../../../src/base/errors.js';
import { DockerEngine } from '../../../src/sandbox/docker/docker-engine.js';

/** What an engine answers to the two questions of a probe. */
type Answer = (path: string, response: ServerResponse) => void;

describe('an engine that is unfit', () => {
  let server: Server;

  async function probe(answer: Answer): Promise<unknown> {
    server = createServer((request, response) => answer(request.url ?? '', response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    assert.ok(address !== null && typeof address === 'object');
    const engine = new DockerEngine(new Docker({ protocol: 'http', host: '127.0.0.1', port: address.port }));
    return engine.probe().then(
      () => undefined,
      (error: unknown) => error,
    );
  }
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const json = (version: unknown) => (path: string, response: ServerResponse) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(path.includes('version') ? version : { Name: 'x' }));
  };

  function assertCode(error: unknown, code: string): void {
    assert.ok(error instanceof AirlockError, String(error));
    assert.equal(error.code, code);
    assert.ok(error.nextStep.length > 0);
  }

  it('because it is too old, is told so with the version that is needed', async () => {
    const error = await probe(json({ Version: '19.03.1', ApiVersion: '1.40' }));
    assertCode(error, 'engine-too-old');
    assert.match(String(error), /1\.40.*1\.41/);
  });

  it('because it answers garbage, fails with what was asked of it', async () => {
    assertCode(await probe(json({ hello: 'world' })), 'engine-failed');
    server.close();
    assertCode(await probe((_, response) => response.end('<html>')), 'engine-failed');
  });

  it('because it does not stop answering, is given up, and so is a refusal without an end', async () => {
    for (const status of [200, 500]) {
      let sent = 0;
      const error = await probe((_, response) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        const more = () => {
          while (!response.destroyed && sent < 200) {
            sent += 1;
            if (!response.write('['.repeat(1024 * 1024))) return void response.once('drain', more);
          }
        };
        more();
      });
      assertCode(error, 'engine-failed');
      assert.match(String(error), /more than 16 MB/);
      assert.ok(sent < 200, `${sent} MB were read`);
      server.closeAllConnections();
      server.close();
    }
  });

  it('because it hangs, is given up', async function () {
    this.timeout(20_000);
    assertCode(await probe(() => undefined), 'engine-timeout');
  });
});

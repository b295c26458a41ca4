import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createNetServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Docker from 'dockerode';
import { gatherFacts } from '../../../src/doctor/gather-facts.js';
import { writeReport } from '../../../src/doctor/run-doctor.js';
import { DockerEngine } from '../../../src/sandbox/docker/docker-engine.js';
import { SandboxImage } from '../../../src/sandbox/image.js';

describe('the facts of the doctor', () => {
  let dir: string;
  let socketPath: string;
  let server: Server | undefined;
  const sockets = new Set<Socket>();

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'airlock-doctor-'));
    socketPath = join(dir, 'engine.sock');
  });
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    server?.close();
    server = undefined;
    await rm(dir, { recursive: true, force: true });
  });

  async function listen(made: Server): Promise<void> {
    server = made;
    made.on('connection', (socket: Socket) => sockets.add(socket));
    made.listen(socketPath);
    await once(made, 'listening');
  }
  const answer = (work: (path: string, response: ServerResponse) => void) =>
    listen(createServer((request: IncomingMessage, response) => work(request.url ?? '', response)));
  const json = (response: ServerResponse, value: unknown, status = 200) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));

  function gather(workspace?: string, stateDir = join(dir, 'state')) {
    const engine = new DockerEngine(new Docker({ socketPath }));
    const image = new SandboxImage(engine, { installDir: resolve('.'), version: '0.0.0' });
    return gatherFacts({ engine, image, stateDir, workspace });
  }
  async function assertFailed(code: string, what: RegExp): Promise<void> {
    const { engine } = await gather();
    assert.ok(engine.kind === 'failed');
    assert.equal(engine.code, code);
    assert.match(engine.what, what);
    assert.ok(engine.nextStep.length > 0);
  }

  it('say that there is no engine', () => assertFailed('engine-missing', /No container engine answers/));

  it('say that a file is no engine', async () => {
    await writeFile(socketPath, '');
    await assertFailed('engine-missing', /No container engine answers/);
  });

  it('say that the engine hangs, soon, and leave no request open', async function () {
    this.timeout(15_000);
    await listen(createNetServer(() => undefined));
    await assertFailed('engine-timeout', /did not answer .* within 5 s/);
    await Promise.all(
      [...sockets].map((socket) => (socket.closed ? undefined : once(socket.resume(), 'close'))),
    );
  });

  it('say that the engine hangs in the middle of an answer', async function () {
    this.timeout(15_000);
    await answer((_, response) => void response.writeHead(200).write('{"Version":'));
    await assertFailed('engine-timeout', /did not answer/);
    await Promise.all([...sockets].map((socket) => (socket.closed ? undefined : once(socket, 'close'))));
  });

  it('say that the answer is none of HTTP', async () => {
    await listen(createNetServer((socket) => void socket.end('SSH-2.0-garbage\r\n')));
    await assertFailed('engine-failed', /Parse Error/);
  });

  it('say that the answer is no JSON, or of another shape', async () => {
    await answer((_, response) => void response.end('<html>'));
    await assertFailed('engine-failed', /not one of the Docker Engine API/);
    server?.close();
    await rm(socketPath, { force: true });
    await answer((_, response) => void json(response, { Version: 3, ApiVersion: [] }));
    await assertFailed('engine-failed', /not one of the Docker Engine API \(Version\)/);
  });

  it('say that the engine fails, in its own words', async () => {
    await answer((_, response) => void json(response, { message: 'disk on fire' }, 500));
    await assertFailed('engine-failed', /disk on fire/);
  });

  it('keep what is long within bounds, and every line of the report visible', async () => {
    const long = 'x'.repeat(5_000);
    await answer((path, response) => {
      if (path.includes('version')) {
        const Components = Array.from({ length: 200 }, () => ({ Name: long, Version: long }));
        return json(response, { Version: `\u001b[31m\u202e${long}`, ApiVersion: '1.45', Components });
      }
      if (path.includes('info'))
        return json(response, { Driver: long, SecurityOptions: [long], Runtimes: {} });
      return json(response, { message: 'no such image' }, 404);
    });
    const facts = await gather();
    const { findings } = writeReport(facts, '0.0.0', new Date(0));
    assert.ok(facts.engine.kind === 'answered' && facts.engine.details.components.length === 64);
    const text = JSON.stringify(findings);
    assert.ok(text.length < 20_000, `${text.length}`);
    assert.ok(!text.includes('\\u001b') && !text.includes('\u202e'));
  });

  it('tell what images are missing, and how much room there is', async () => {
    await answer((path, response) => {
      if (path.includes('version')) return json(response, { Version: '29.9.0', ApiVersion: '1.45' });
      if (path.includes('info')) return json(response, { DockerRootDir: join(dir, 'nowhere') });
      return json(response, { message: 'no such image' }, 404);
    });
    const facts = await gather();
    assert.ok(facts.images.kind === 'known');
    assert.equal(facts.images.value.sandbox.present, false);
    assert.equal(facts.images.value.base.present, false);
    assert.match(facts.images.value.from.reference, /^node:24.*@sha256:/);
    assert.equal(facts.images.value.from.present, false);
    assert.ok(facts.stateSpace.kind === 'known' && facts.stateSpace.value.freeBytes > 0);
    assert.ok(facts.engineSpace === undefined || facts.engineSpace.kind === 'unknown');
    assert.equal((await stat(join(dir, 'state'))).mode & 0o777, 0o700);
  });

  it('tell that the storage cannot be made', async () => {
    await writeFile(join(dir, 'file'), '');
    const { stateSpace } = await gather(undefined, join(dir, 'file', 'state'));
    assert.ok(stateSpace.kind === 'unknown');
    assert.match(stateSpace.reason, /ENOTDIR/);
  });

  it('tell of the workspace whether it can be sandboxed', async () => {
    await mkdir(join(dir, 'project'));
    assert.equal((await gather()).workspace.kind, 'none');
    assert.equal((await gather(join(dir, 'project'))).workspace.kind, 'suitable');
    const { workspace } = await gather('/');
    assert.ok(workspace.kind === 'unsuitable');
    assert.match(workspace.what, /root of the file system/);
  });
});

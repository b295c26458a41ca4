import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type DoctorReport, doctorReport } from '../../src/doctor/report.js';
import { type Bench, openBench, readAudit } from './harness.js';

const NOBODY = 12_345;

interface End {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function doctor(args: readonly string[], env: NodeJS.ProcessEnv = {}, uid?: number): Promise<End> {
  const child = spawn(process.execPath, ['dist/cli.js', 'doctor', ...args], {
    env: { PATH: process.env.PATH, HOME: '/nonexistent', ...env },
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  const [status] = await once(child, 'close');
  const [stdout, stderr] = await output;
  return { status, stdout, stderr };
}

function findingOf(report: DoctorReport, id: string) {
  const finding = report.findings.find((candidate) => candidate.id === id);
  assert.ok(finding, id);
  return finding;
}

describe('airlock doctor', function () {
  this.timeout(60_000);
  let bench: Bench;
  before(async () => {
    bench = await openBench({ script: [] });
  });
  after(() => bench.dispose());

  it('tells what the real engine is, and what of its parts is known to be vulnerable', async () => {
    const { status, stdout, stderr } = await doctor(['--json', '--state-dir', bench.stateDir]);
    const report = doctorReport.parse(JSON.parse(stdout));
    const fails = report.findings.filter((finding) => finding.status === 'fail');
    assert.equal(status, fails.length > 0 ? 1 : 0, stderr);
    const details = await bench.engine.describe();
    assert.match(findingOf(report, 'engine').reason, /answers at/);
    assert.ok(findingOf(report, 'version').reason.includes(details.version));
    assert.ok(findingOf(report, 'storage-driver').reason.includes(details.storageDriver));
    assert.match(findingOf(report, 'cgroup').reason, new RegExp(`Version ${details.cgroupVersion}`));
    const runc = details.components.find(({ name }) => name === 'runc');
    if (runc !== undefined) assert.ok(findingOf(report, 'cve-runc').reason.includes(runc.version));
    assert.match(findingOf(report, 'disk-state').reason, /are free at/);
    assert.equal(stderr, '');
  });

  it('says what a session does: the image is there, and the workspace is overlaid or copied', async () => {
    const session = await bench.host.start(bench.request());
    await session.done;
    const [begun] = (await readAudit(bench, session.id)).filter(({ strategy }) => strategy !== undefined);
    const report = await bench.host.doctor(bench.workspace);
    assert.equal(findingOf(report, 'workspace').status, 'ok');
    assert.equal(findingOf(report, 'image').status, 'ok');
    assert.equal(findingOf(report, 'registry').status, 'ok');
    assert.equal(findingOf(report, 'overlay').status, begun?.strategy === 'overlay' ? 'ok' : 'warn');
  });

  it('prints a line for each check with its status in words, and what to do below', async () => {
    const { stdout } = await doctor(['--state-dir', bench.stateDir, '--workspace', '/']);
    assert.match(stdout, /^ok {4}Container engine +It answers at/m);
    assert.match(stdout, /^FAIL {2}Workspace +.*root of the file system/m);
    assert.match(stdout, /^ +Fix: Open a project folder/m);
    assert.match(stdout, /\d+ ok, \d+ warnings, \d+ failed, \d+ unknown\n$/);
  });

  it('takes no argument that it does not know', async () => {
    const { status, stderr } = await doctor(['--nonsense']);
    assert.equal(status, 2);
    assert.match(stderr, /--nonsense/);
  });

  describe('with another engine', () => {
    let dir: string;
    let server: Server | undefined;
    const sockets = new Set<Socket>();
    beforeEach(async () => {
      dir = await mkdtemp(join(tmpdir(), 'airlock-doctor-'));
      await chmod(dir, 0o755);
    });
    afterEach(async () => {
      for (const socket of sockets) socket.destroy();
      server?.close();
      server = undefined;
      await rm(dir, { recursive: true, force: true });
    });

    async function listen(serve: (socket: Socket) => void): Promise<void> {
      server = createServer((socket) => {
        sockets.add(socket);
        socket.on('error', () => socket.destroy());
        serve(socket);
      });
      server.listen(join(dir, 'engine.sock'));
      await once(server, 'listening');
    }
    async function examine(uid?: number): Promise<DoctorReport> {
      const { status, stdout, stderr } = await doctor(
        ['--json', '--state-dir', join(dir, 'state')],
        { DOCKER_HOST: `unix://${join(dir, 'engine.sock')}` },
        uid,
      );
      assert.equal(status, 1, stderr);
      assert.doesNotMatch(`${stdout}${stderr}`, /\n +at /);
      return doctorReport.parse(JSON.parse(stdout));
    }

    it('says that there is none', async () => {
      const engine = findingOf(await examine(), 'engine');
      assert.equal(engine.status, 'fail');
      assert.match(`${engine.reason} ${engine.fix}`, /No container engine answers.*Start Docker/);
    });

    it('says that it hangs, and ends', async () => {
      await listen(() => undefined);
      const begun = Date.now();
      assert.match(findingOf(await examine(), 'engine').reason, /did not answer/);
      assert.ok(Date.now() - begun < 20_000);
    });

    it('says that it answers garbage', async () => {
      await listen((socket) => void socket.end('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nnope'));
      assert.match(findingOf(await examine(), 'engine').reason, /not one of the Docker Engine API/);
    });

    it('says that it refuses this user', async () => {
      await listen(() => undefined);
      await chmod(join(dir, 'engine.sock'), 0o600);
      const report = await examine(process.getuid?.() === 0 ? NOBODY : undefined);
      assert.match(findingOf(report, 'engine').reason, /refuses this user/);
    });
  });
});

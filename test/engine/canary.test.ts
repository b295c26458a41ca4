import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Docker from 'dockerode';
import { labels } from '../../src/sandbox/labels.js';
import { type Bench, collectEvents, giveToUser, KEY, openBench, startHanging } from './harness.js';

const HOST_CANARY = 'canary-of-the-hosts-environment-91f3';
/** Prints what the tools' user can read of every process: environments and command lines. */
const SPY = `
const fs = require('fs');
for (const pid of fs.readdirSync('/proc').filter((name) => /^\\d+$/.test(name)))
  for (const name of ['environ', 'cmdline'])
    try { console.log(pid, name, fs.readFileSync('/proc/' + pid + '/' + name, 'utf8')); } catch {}
`;

describe('secrets of the host', () => {
  const docker = new Docker();
  let bench: Bench;
  before(() => {
    process.env.AIRLOCK_TEST_CANARY = HOST_CANARY;
  });
  after(() => {
    delete process.env.AIRLOCK_TEST_CANARY;
  });
  afterEach(() => bench.dispose());

  function assertClean(where: string, text: string): void {
    for (const canary of [KEY, HOST_CANARY]) assert.ok(!text.includes(canary), `${canary} is in ${where}`);
  }

  it('are not in what a tool can read of the container', async () => {
    bench = await openBench({
      script: [[{ tool: 'run_command', input: { command: 'node spy.js' } }], [{ text: 'ok' }]],
    });
    await writeFile(join(bench.workspace, 'spy.js'), SPY);
    await giveToUser(bench.workspace);
    const session = await bench.host.start(bench.request({ preset: 'unrestricted-in-sandbox' }));
    const events = collectEvents(session);
    const outcome = await session.done;
    assert.equal(outcome.kind, 'completed', bench.log.join('\n'));
    const seen = JSON.stringify(events);
    assert.match(seen, /PATH=\/usr\/local\/bin/, 'the spy saw nothing');
    assertClean('what the spy saw', seen);
    assertClean('what went to the model', bench.model.requests.map(({ raw }) => raw).join());
  });

  it('are not in the container as the engine describes it, its image, or any command line of this machine', async () => {
    bench = await openBench({ script: [[{ hang: true }]] });
    const session = await startHanging(bench);
    try {
      const filters = { label: [`${labels.session}=${session.id}`] };
      const [found] = await docker.listContainers({ filters });
      assert.ok(found, 'the container is not listed');
      const facts = await docker.getContainer(found.Id).inspect();
      assertClean('the container', JSON.stringify(facts));
      const image = docker.getImage(facts.Image);
      assertClean('the image', JSON.stringify([await image.inspect(), await image.history()]));
      assertClean('a command line', (await readCommandLines()).join('\n'));
      // The session's token is made inside and stays there.
      assert.ok(!JSON.stringify(facts.Config.Env).includes('token'));
    } finally {
      await session.stop();
    }
  });
});

async function readCommandLines(): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  // A process that has ended meanwhile has no command line.
  const lines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  assert.ok(lines.some((line) => line.includes('dockerd') || line.includes('node')));
  return lines;
}

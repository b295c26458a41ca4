import assert from 'node:assert/strict';
import { link, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { shownKeys } from '../../src/workspace/review/shown-keys.js';
import { type Bench, collectEvents, giveToUser, openBench } from './harness.js';

const CANARY = 'canary-91b2f0';

for (const strategy of ['overlay', 'copy'] as const) {
  describe(`secrets: ${strategy}`, () => {
    let bench: Bench;

    before(async () => {
      bench = await openBench({
        script: [
          [{ tool: 'read_file', input: { path: '.env' } }],
          [
            { expect: { lastToolResultIncludes: ['Hidden by Airlock'] } },
            {
              tool: 'run_command',
              input: { command: 'cat config/.env.production .git/config deploy.pem config/plain.txt' },
            },
          ],
          [{ tool: 'run_command', input: { command: 'node -e "console.log(JSON.stringify(process.env))"' } }],
          [{ tool: 'run_command', input: { command: 'rm -f .env' } }],
          [{ tool: 'write_file', input: { path: '.env', content: 'OVERWRITTEN=1\n' } }],
          [{ text: 'ok' }],
        ],
      });
      const at = (path: string) => join(bench.workspace, path);
      await mkdir(at('config'));
      await mkdir(at('.git'));
      await writeFile(at('.env'), `TOKEN=${CANARY}\n`);
      await writeFile(at('config/.env.production'), `TOKEN=${CANARY}\n`);
      // The same file under a name that tells nothing.
      await link(at('.env'), at('config/plain.txt'));
      await writeFile(at('deploy.pem'), `-----BEGIN PRIVATE KEY-----\n${CANARY}\n`);
      await writeFile(
        at('.git/config'),
        `[remote "origin"]\n\turl = https://user:${CANARY}@example.com/x.git\n`,
      );
      await giveToUser(bench.workspace);
    });
    after(() => bench.dispose());

    it('never reach the agent or its model, and cannot be overwritten', async () => {
      const session = await bench.host.start(bench.request({ strategy, preset: 'unrestricted-in-sandbox' }));
      const events = collectEvents(session);
      assert.equal((await session.done).kind, 'completed', bench.log.join('\n'));
      assert.ok(!JSON.stringify(bench.model.requests).includes(CANARY));
      assert.ok(!JSON.stringify(events).includes(CANARY));
      assert.ok(events.some((event) => event.type === 'notice' && event.text.includes('.env')));
      assert.equal(session.review.get('.env')?.change.status, 'refused');
      await session.review.approveAll(shownKeys(session.review.list()));
      assert.equal(await readFile(join(bench.workspace, '.env'), 'utf8'), `TOKEN=${CANARY}\n`);
    });
  });
}

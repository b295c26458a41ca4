import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { AirlockError } from '../../src/base/errors.js';
import { type Bench, collectEvents, KEY, openBench } from './harness.js';

describe('the API key', () => {
  let bench: Bench;
  afterEach(() => bench.dispose());

  /** Every file that is left below a folder, with its bytes. */
  async function readAll(dir: string): Promise<{ path: string; bytes: Buffer }[]> {
    const names = await readdir(dir, { recursive: true });
    const files = [];
    for (const path of names.map((name) => join(dir, name))) {
      if ((await stat(path)).isFile()) files.push({ path, bytes: await readFile(path) });
    }
    return files;
  }

  async function assertKeyless(events: unknown, outcome: unknown): Promise<void> {
    // The model was asked with the key, or all this would prove nothing.
    assert.ok(JSON.stringify(bench.model.requests.map(({ headers }) => headers)).includes(KEY));
    assert.ok(!JSON.stringify(bench.model.requests.map(({ raw }) => raw)).includes(KEY));
    const told = inspect([events, outcome, bench.log], {
      depth: 20,
      maxStringLength: null,
      maxArrayLength: null,
    });
    assert.ok(!told.includes(KEY), told);
    const files = [...(await readAll(bench.stateDir)), ...(await readAll(bench.workspace))];
    assert.deepEqual(
      files.filter(({ bytes }) => bytes.includes(KEY)).map(({ path }) => path),
      [],
    );
    const names = files.map(({ path }) => path).join('\n');
    for (const name of ['review.json', '.jsonl']) assert.ok(names.includes(name), names);
  }

  for (const provider of ['anthropic', 'openai'] as const) {
    it(`is in no event, log, audit record or file after a session: ${provider}`, async () => {
      bench = await openBench({
        script: [
          [{ tool: 'run_command', input: { command: 'node -e "console.log(JSON.stringify(process.env))"' } }],
          [{ tool: 'write_file', input: { path: 'new.txt', content: 'x' } }],
          [{ text: 'ok' }],
        ],
      });
      const preset = 'unrestricted-in-sandbox';
      const session = await bench.host.start(bench.request({ provider, preset }));
      const events = collectEvents(session);
      const outcome = await session.done;
      assert.equal(outcome.kind, 'completed', bench.log.join('\n'));
      await assertKeyless(events, outcome);
    });

    it(`is in no error of a model that sends it back: ${provider}`, async () => {
      bench = await openBench({
        script: [
          [{ tool: 'write_file', input: { path: 'new.txt', content: 'x' } }],
          [{ status: 401, error: `invalid key ${KEY}` }],
        ],
      });
      const session = await bench.host.start(bench.request({ provider }));
      const events = collectEvents(session);
      const outcome = await session.done;
      assert.ok(outcome.kind === 'failed' && outcome.error instanceof AirlockError);
      await assertKeyless(events, outcome);
    });
  }
});

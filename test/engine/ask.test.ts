import assert from 'node:assert/strict';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AskQuestion, Confirm } from '../../src/session/questions/question.js';
import type { ScriptInput } from '../model-server/script.js';
import { type Bench, collectEvents, giveToUser, openBench, readAudit } from './harness.js';

const build = { tool: 'run_command', input: { command: './build.sh one' } };

/** A session whose agent runs the workspace's own program; what the model must see next is in the script. */
async function runBuild(script: ScriptInput, confirm: Confirm) {
  const asked: AskQuestion[] = [];
  const bench: Bench = await openBench({
    script,
    confirm: async (question, signal) => {
      asked.push(question);
      return confirm(question, signal);
    },
  });
  try {
    const file = join(bench.workspace, 'build.sh');
    await writeFile(file, '#!/bin/sh\necho "built $1"\n');
    await chmod(file, 0o755);
    await giveToUser(bench.workspace);
    const session = await bench.host.start(bench.request());
    const events = collectEvents(session);
    const outcome = await session.done;
    assert.deepEqual(outcome, { kind: 'completed', stopReason: 'end_turn' }, bench.log.join('\n'));
    const tools = (await readAudit(bench, session.id)).filter((record) => record.kind === 'tool');
    return { asked, events, tools };
  } finally {
    await bench.dispose();
  }
}

describe('a program of the workspace', () => {
  it('runs when the user allows it once, and is asked about again', async () => {
    const { asked, tools } = await runBuild(
      [
        [build],
        { expect: { lastToolResultIncludes: 'built one' }, blocks: [build] },
        { expect: { lastToolResultIncludes: 'built one' }, blocks: [{ text: 'Done.' }] },
      ],
      async () => ({ kind: 'allow', remember: 'once' }),
    );
    assert.equal(asked.length, 2);
    assert.equal(asked[0]?.commands[0]?.text, './build.sh one');
    assert.deepEqual(
      tools.map(({ decision, answeredBy }) => [decision, answeredBy]),
      [
        ['allow', 'user'],
        ['allow', 'user'],
      ],
    );
  });

  it('runs without a question once the user allowed it for the session', async () => {
    const { asked, tools } = await runBuild(
      [
        [build],
        { expect: { lastToolResultIncludes: 'built one' }, blocks: [build] },
        { expect: { lastToolResultIncludes: 'built one' }, blocks: [{ text: 'Done.' }] },
      ],
      async () => ({ kind: 'allow', remember: 'session' }),
    );
    assert.equal(asked.length, 1);
    assert.deepEqual(
      tools.map(({ answeredBy }) => answeredBy),
      ['user', 'session'],
    );
  });

  it('does not run when the user denies it, and the model reads the note', async () => {
    const { tools } = await runBuild(
      [
        [build],
        {
          expect: {
            lastToolResultIncludes: ['denied by the user', 'use npm run build instead'],
            lastToolResultExcludes: 'built one',
          },
          blocks: [{ text: 'Done.' }],
        },
      ],
      async () => ({ kind: 'deny', note: 'use npm run build instead' }),
    );
    assert.equal(tools[0]?.note, 'use npm run build instead');
  });
});

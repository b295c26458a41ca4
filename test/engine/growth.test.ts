import assert from 'node:assert/strict';
import { AirlockError } from '../../src/base/errors.js';
import { defaultLimits } from '../../src/session/api.js';
import { assertNothingLeft, type Bench, collectEvents, openBench } from './harness.js';

const command = (text: string) => ({ tool: 'run_command', input: { command: text } });
const node = (code: string) => command(`node -e "${code}"`);

const FILL =
  "const fs=require('fs');const b=Buffer.alloc(1<<20,1);for(let i=0;;i++){fs.appendFileSync('f'+(i>>8),b);if(i%8==0)Atomics.wait(new Int32Array(new SharedArrayBuffer(4)),0,0,5)}";
const MANY = "for(let i=0;i<1e7;i++)require('fs').writeFileSync('n'+i,'')";

describe('an agent that fills the disk', function () {
  this.timeout(120_000);
  let bench: Bench;
  afterEach(() => bench.dispose());

  async function run(code: string, limits: Partial<typeof defaultLimits>, strategy: 'overlay' | 'copy') {
    bench = await openBench({
      script: [[{ tool: 'write_file', input: { path: 'kept.txt', content: 'kept\n' } }], [node(code)]],
    });
    const session = await bench.host.start(
      bench.request({
        strategy,
        preset: 'unrestricted-in-sandbox',
        limits: { ...defaultLimits, memoryMb: 512, sessionSeconds: 90, ...limits },
      }),
    );
    const events = collectEvents(session);
    const outcome = await session.done;
    assert.ok(outcome.kind === 'failed' && outcome.error instanceof AirlockError, bench.log.join('\n'));
    await assertNothingLeft(bench, session.id);
    return { error: outcome.error, events, session };
  }

  for (const [what, code, limits, setting] of [
    ['bytes', FILL, { workspaceMb: 64 }, 'workspaceMb'],
    ['files', MANY, { workspaceFiles: 5000 }, 'workspaceFiles'],
  ] as const) {
    it(`is stopped at its limit of ${what}, and what it did before is kept`, async () => {
      const { error, session } = await run(code, limits, 'overlay');
      assert.equal(error.code, 'sandbox-full');
      assert.ok(error.nextStep.includes(`airlock.limits.${setting}`), error.nextStep);
      assert.ok(session.review.get('kept.txt') !== undefined);
    });
  }

  for (const strategy of ['overlay', 'copy'] as const) {
    it(`is not even begun when too little of the disk is free: ${strategy}`, async () => {
      const { error, events } = await run(FILL, { freeDiskMb: 1e9 }, strategy);
      assert.equal(error.code, 'sandbox-full');
      assert.match(error.message, /that are to stay free/);
      assert.ok(!events.some(({ type }) => type === 'tool'));
    });
  }
});

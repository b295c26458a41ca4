import assert from 'node:assert/strict';
import { type Bench, collectEvents, openBench } from './harness.js';

const command = (text: string, timeoutMs?: number) => ({
  tool: 'run_command',
  input: { command: text, ...(timeoutMs === undefined ? {} : { timeoutMs }) },
});
const inNode = (code: string) => command(`node -e "${code.replace(/["\\$`]/g, '\\$&')}"`);

/** Results of the commands, in order. */
async function runCommands(bench: Bench): Promise<readonly { ok: boolean; text: string }[]> {
  const session = await bench.host.start(bench.request({ preset: 'unrestricted-in-sandbox' }));
  const events = collectEvents(session);
  assert.equal((await session.done).kind, 'completed', bench.log.join('\n'));
  return events.filter((event) => event.type === 'tool-result');
}

describe('limits, as the tools meet them', () => {
  let bench: Bench;
  afterEach(() => bench.dispose());

  it('time-out kills the whole tree, a daemon included, and says so', async () => {
    bench = await openBench({
      script: [
        [
          command(
            `python3 -c "import os,time\nif os.fork()==0:\n os.setsid()\n if os.fork()==0:\n  time.sleep(300)\n os._exit(0)\ntime.sleep(300)"`,
            1000,
          ),
        ],
        [command('ps -eo pid,args')],
        [{ text: 'ok' }],
      ],
    });
    const [slow, list] = await runCommands(bench);
    assert.equal(slow?.ok, false);
    assert.match(slow?.text ?? '', /stopped after 1000 ms/);
    assert.ok(list?.ok, list?.text);
    assert.ok(!list?.text.includes('sleep(300)'), list?.text);
  });

  it('memory: a child that takes too much dies, the session goes on', async () => {
    bench = await openBench({
      script: [
        [inNode('const a=[]; for(;;) a.push(Buffer.alloc(16777216, 1))')],
        [command('echo still here')],
        [{ text: 'ok' }],
      ],
    });
    const [greedy, after] = await runCommands(bench);
    assert.equal(greedy?.ok, false);
    assert.match(greedy?.text ?? '', /\[airlock: .*out of memory.*airlock\.limits\.memoryMb/);
    assert.match(after?.text ?? '', /still here/);
  });

  it('processes: a fork bomb meets the limit, and nothing of it is left', async () => {
    bench = await openBench({
      script: [
        [
          command(
            `python3 -c "import os,time\nn=0\ntry:\n while True:\n  if os.fork()==0:\n   time.sleep(60)\n  n+=1\nexcept OSError as e:\n print('stopped', e.errno, n < 600)
 raise SystemExit(3)"`,
            20_000,
          ),
        ],
        [command('ps -eo pid,args')],
        [{ text: 'ok' }],
      ],
    });
    const [bomb, list] = await runCommands(bench);
    assert.match(bomb?.text ?? '', /stopped 11 True/);
    assert.match(bomb?.text ?? '', /\[airlock: exit code 3; .*limit of processes.*airlock\.limits\.pids/);
    assert.ok((list?.text.split('\n').length ?? 0) < 20, list?.text);
  });

  it('output: a gigabyte is cut, and how much was cut is said', async () => {
    bench = await openBench({
      script: [
        [
          inNode(
            "const b=Buffer.alloc(1<<20,120); let n=1024; const w=()=>{while(n-->0) if(!process.stdout.write(b)) return process.stdout.once('drain', w)}; w()",
          ),
        ],
        [{ text: 'ok' }],
      ],
    });
    const [result] = await runCommands(bench);
    const told = JSON.stringify(bench.model.requests.at(-1)?.body);
    assert.match(told, /bytes cut/);
    assert.ok(told.length < 400_000);
    assert.ok((result?.text.length ?? 0) < 40_000);
  });

  it('disk: /tmp is full at its size', async () => {
    bench = await openBench({
      script: [[command('dd if=/dev/zero of=/tmp/fill bs=1M count=1024')], [{ text: 'ok' }]],
    });
    const [result] = await runCommands(bench);
    assert.equal(result?.ok, false);
    assert.match(result?.text ?? '', /No space left/);
  });
});

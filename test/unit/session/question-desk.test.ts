import assert from 'node:assert/strict';
import { silentLogger } from '../../../src/base/logger.js';
import { planCall } from '../../../src/policy/evaluate.js';
import type { Policy } from '../../../src/policy/policy.js';
import { loadPreset } from '../../../src/policy/presets/index.js';
import type { ToolCall } from '../../../src/protocol/tools.js';
import { RateWindow } from '../../../src/session/broker/rate-window.js';
import { ApprovalMemory } from '../../../src/session/questions/approval-memory.js';
import type {
  ApprovalStore,
  AskAnswer,
  AskQuestion,
  Confirm,
} from '../../../src/session/questions/question.js';
import {
  type DeskLimits,
  defaultDeskLimits,
  QuestionDesk,
} from '../../../src/session/questions/question-desk.js';

const developer = loadPreset('developer');
const run = (command: string, cwd = ''): ToolCall => ({ tool: 'run_command', input: { command, cwd } });

interface Asked {
  readonly question: AskQuestion;
  readonly signal: AbortSignal;
  readonly answer: (answer: AskAnswer) => void;
}

/** A user who sees every question and answers when the test does. */
class User {
  readonly asked: Asked[] = [];
  readonly confirm: Confirm = (question, signal) =>
    new Promise((answer) => this.asked.push({ question, signal, answer }));

  at(index: number): Asked {
    const asked = this.asked[index];
    assert.ok(asked, `there is no question ${index}`);
    return asked;
  }
}

class Storage implements ApprovalStore {
  readonly saved = new Map<string, unknown>();
  load = async (workspace: string) => this.saved.get(workspace);
  save = async (workspace: string, rules: readonly string[]) => void this.saved.set(workspace, rules);
}

function openDesk(
  confirm: Confirm,
  {
    limits = {},
    store,
    policy = developer,
  }: { limits?: Partial<DeskLimits>; store?: ApprovalStore; policy?: Policy } = {},
) {
  const memory = new ApprovalMemory({
    store,
    workspace: '/ws',
    longest: policy.approvals,
    logger: silentLogger,
  });
  const desk = new QuestionDesk({
    sessionId: 's',
    confirm,
    memory,
    logger: silentLogger,
    limits: { ...defaultDeskLimits, ...limits },
  });
  return (call: ToolCall, signal = over.signal) => desk.settle(call, planCall(policy, call), signal);
}

/** Ends with the test; a question that nobody answers is withdrawn then. */
let over = new AbortController();

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('the question desk', () => {
  beforeEach(() => {
    over = new AbortController();
  });
  afterEach(() => over.abort());

  it('asks nothing about what is allowed or denied', async () => {
    const user = new User();
    const settle = openDesk(user.confirm);
    assert.deepEqual((await settle(run('ls'))).answer, undefined);
    assert.equal((await settle(run('curl x'))).decision.decision, 'deny');
    assert.equal(user.asked.length, 0);
  });

  it('says what runs, each part with its own decision', async () => {
    const user = new User();
    const settle = openDesk(user.confirm);
    const settled = settle(run('cat a.txt | ./build.sh   "x y"; ls'));
    await turn();
    const { question, answer } = user.at(0);
    assert.deepEqual(
      question.commands.map(({ text, decision }) => [text, decision.decision]),
      [
        ['cat a.txt', 'allow'],
        [question.commands[1]?.text, 'ask'],
        ['ls', 'allow'],
      ],
    );
    assert.match(question.commands[1]?.text ?? '', /^\.\/build\.sh .x y.$/);
    answer({ kind: 'allow', remember: 'once' });
    const { decision, answer: record } = await settled;
    assert.equal(decision.decision, 'allow');
    assert.match(decision.reason, /the user allowed it/);
    assert.deepEqual(record, { answer: 'allow', by: 'user' });
  });

  it('forgets what was allowed once', async () => {
    const user = new User();
    const settle = openDesk(user.confirm);
    for (const index of [0, 1]) {
      const settled = settle(run('./build.sh'));
      await turn();
      user.at(index).answer({ kind: 'allow', remember: 'once' });
      await settled;
    }
    assert.equal(user.asked.length, 2);
  });

  it('remembers for the session exactly what was asked', async () => {
    const user = new User();
    const settle = openDesk(user.confirm);
    const first = settle(run('./build.sh --fast'));
    await turn();
    user.at(0).answer({ kind: 'allow', remember: 'session' });
    assert.deepEqual((await first).answer?.remembered, { scope: 'session', rules: ['./build.sh --fast'] });
    const again = await settle(run('ls && ./build.sh --fast > out.txt'));
    assert.deepEqual(again.answer, { answer: 'allow', by: 'session' });
    assert.match(again.decision.reason, /for this session/);
    void settle(run('./build.sh'));
    void settle(run('./build.sh --fast', 'sub'));
    await turn();
    assert.equal(user.asked.length, 3);
  });

  it('remembers an edited rule for the workspace, in every later session', async () => {
    const user = new User();
    const store = new Storage();
    const settle = openDesk(user.confirm, { store });
    const first = settle(run('./test.sh unit'));
    await turn();
    const { question, answer } = user.at(0);
    const [offer] = question.rules;
    assert.equal(offer?.text, './test.sh unit');
    assert.equal(offer?.check('./test.sh *'), undefined);
    assert.match(offer?.check('./other.sh *') ?? '', /does not cover/);
    assert.match(offer?.check('* *') ?? '', /program must be named/);
    answer({ kind: 'allow', remember: 'workspace', rules: ['./test.sh *'] });
    assert.deepEqual((await first).answer?.remembered, { scope: 'workspace', rules: ['./test.sh *'] });
    assert.deepEqual(store.saved.get('/ws'), ['./test.sh *']);
    const later = openDesk(user.confirm, { store });
    assert.deepEqual((await later(run('./test.sh e2e'))).answer, { answer: 'allow', by: 'workspace' });
    assert.equal(user.asked.length, 1);
  });

  it('takes no rule that was not for the question', async () => {
    const store = new Storage();
    for (const rules of [['./other.sh'], ['* x'], ['./a.sh | cat']]) {
      const settle = openDesk(async () => ({ kind: 'allow', remember: 'workspace', rules }), { store });
      const { decision, answer } = await settle(run('./a.sh'));
      assert.equal(decision.decision, 'deny');
      assert.equal(answer?.by, 'failure');
    }
    assert.equal(store.saved.size, 0);
  });

  for (const [cap, most] of [
    ['once', 'once'],
    ['session', 'session'],
    ['workspace', 'workspace'],
  ] as const) {
    it(`offers at most what the policy says: ${cap}`, async () => {
      const user = new User();
      const store = new Storage();
      store.saved.set('/ws', ['./known.sh']);
      const settle = openDesk(user.confirm, { store, policy: { ...developer, approvals: cap } });
      const settled = settle(run('./build.sh'));
      await turn();
      assert.equal(user.at(0).question.remember, most);
      assert.equal(user.at(0).question.rules.length, most === 'workspace' ? 1 : 0);
      user.at(0).answer({ kind: 'allow', remember: 'workspace' });
      assert.equal((await settled).answer?.remembered?.scope, cap === 'once' ? undefined : cap);
      void settle(run('./known.sh'));
      await turn();
      assert.equal(user.asked.length, cap === 'workspace' ? 1 : 2);
    });
  }

  it('offers to remember nothing that is only known while it runs', async () => {
    const user = new User();
    void openDesk(user.confirm, { store: new Storage() })(run('./build.sh $(cat name)'));
    await turn();
    assert.equal(user.at(0).question.remember, 'once');
  });

  it('uses no storage that is damaged', async () => {
    for (const stored of ['./a.sh', [1], ['./a.sh', 'x'.repeat(5000)], { 0: './a.sh' }]) {
      const user = new User();
      const store = new Storage();
      store.saved.set('/ws', stored);
      void openDesk(user.confirm, { store })(run('./a.sh'));
      await turn();
      assert.equal(user.asked.length, 1);
    }
  });

  it('allows for the session when the storage cannot be written', async () => {
    const store: ApprovalStore = {
      load: async () => [],
      save: async () => {
        throw new Error('disk full');
      },
    };
    const settle = openDesk(async () => ({ kind: 'allow', remember: 'workspace' }), { store });
    assert.equal((await settle(run('./a.sh'))).decision.decision, 'allow');
    assert.equal((await settle(run('./a.sh'))).answer?.by, 'session');
  });

  it('gives the note of a denial, bounded and visible', async () => {
    const settle = openDesk(async () => ({ kind: 'deny', note: `  use npm\u202e ${'\u0001'.repeat(3000)}` }));
    const { decision, answer } = await settle(run('./a.sh'));
    assert.equal(decision.decision, 'deny');
    assert.equal(answer?.note?.length, 2000);
    assert.match(answer?.note ?? '', /^use npm\\u\{202e\} \\u\{1\}/);
  });

  it('denies what is not answered in time, and withdraws the question', async () => {
    const user = new User();
    const settle = openDesk(user.confirm, { limits: { answerWithinMs: 20 } });
    const { decision, answer } = await settle(run('./a.sh'));
    assert.equal(decision.decision, 'deny');
    assert.match(decision.reason, /did not answer in time/);
    assert.equal(answer?.by, 'timeout');
    assert.ok(user.at(0).signal.aborted);
    user.at(0).answer({ kind: 'allow', remember: 'session' });
    await turn();
    void settle(run('./a.sh'));
    await turn();
    assert.equal(user.asked.length, 2, 'a late answer is remembered as nothing');
  });

  it('joins equal questions into one prompt', async () => {
    const user = new User();
    const settle = openDesk(user.confirm);
    const both = Promise.all([settle(run('./a.sh')), settle(run('./a.sh'))]);
    await turn();
    assert.equal(user.asked.length, 1);
    user.at(0).answer({ kind: 'allow', remember: 'once' });
    assert.deepEqual(
      (await both).map(({ decision }) => decision.decision),
      ['allow', 'allow'],
    );
  });

  it('withdraws a prompt when nobody waits for it any more', async () => {
    const user = new User();
    const settle = openDesk(user.confirm);
    const [first, second] = [new AbortController(), new AbortController()];
    const settled = [settle(run('./a.sh'), first.signal), settle(run('./a.sh'), second.signal)];
    await turn();
    first.abort();
    assert.equal((await settled[0])?.answer?.by, 'cancelled');
    assert.equal(user.at(0).signal.aborted, false);
    second.abort();
    assert.equal((await settled[1])?.answer?.by, 'cancelled');
    assert.ok(user.at(0).signal.aborted);
  });

  it('answers other waiting questions that a new rule covers', async () => {
    const user = new User();
    const settle = openDesk(user.confirm, { store: new Storage() });
    const settled = [settle(run('./t.sh a')), settle(run('./t.sh b'))];
    await turn();
    user.at(0).answer({ kind: 'allow', remember: 'workspace', rules: ['./t.sh *'] });
    const answers = await Promise.all(settled);
    assert.deepEqual(
      answers.map(({ answer }) => answer?.by),
      ['user', 'session'],
    );
    assert.ok(user.at(1).signal.aborted);
  });

  it('lets only so many questions wait', async () => {
    const user = new User();
    const settle = openDesk(user.confirm, { limits: { waiting: 2 } });
    void settle(run('./a.sh'));
    void settle(run('./b.sh'));
    const { decision, answer } = await settle(run('./c.sh'));
    assert.equal(answer?.by, 'limit');
    assert.match(decision.reason, /too many questions/);
    await turn();
    assert.equal(user.asked.length, 2);
  });

  it('asks only so often in a minute', async () => {
    let asked = 0;
    const confirm: Confirm = async () => {
      asked += 1;
      return { kind: 'deny' };
    };
    const settle = openDesk(confirm, { limits: { perMinute: 4 } });
    const by: (string | undefined)[] = [];
    for (let i = 0; i < 6; i += 1) by.push((await settle(run(`./a${i}.sh`))).answer?.by);
    assert.deepEqual(by, ['user', 'user', 'user', 'user', 'limit', 'limit']);
    assert.equal(asked, 4);
  });

  it('denies when the question cannot be put', async () => {
    const settle = openDesk(async () => {
      throw new Error('no window');
    });
    assert.equal((await settle(run('./a.sh'))).answer?.by, 'failure');
  });
});

describe('a rate window', () => {
  it('gives a place back after its time', () => {
    const window = new RateWindow(2, 100);
    assert.deepEqual(
      [0, 50, 99, 100, 149, 150].map((now) => window.take(now)),
      [true, true, false, true, false, true],
    );
  });
});

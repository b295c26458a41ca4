import * as assert from 'node:assert/strict';
import type { AskQuestion } from '../../../src/session/api.js';
import { Questions, type WaitingQuestion } from '../../../src/ui/questions.js';
import { toCommandRows, toNotificationText, withoutIcons } from '../../../src/ui/show-command.js';

const question: AskQuestion = {
  sessionId: 's',
  title: './a.sh',
  commands: [],
  rule: 'workspace-program',
  reason: 'why',
  remember: 'once',
  rules: [],
  answerWithinMs: 1000,
};
const never = new AbortController().signal;

describe('the waiting questions', () => {
  const announced: WaitingQuestion[] = [];
  const announce = (waiting: WaitingQuestion) => void announced.push(waiting);
  beforeEach(() => announced.splice(0));

  it('are counted and answered once', async () => {
    const questions = new Questions();
    let changes = 0;
    questions.onDidChange(() => {
      changes += 1;
    });
    const first = questions.ask(question, never, announce);
    void questions.ask(question, never, announce);
    assert.equal(questions.count, 2);
    assert.equal(questions.oldest(), announced[0]);
    assert.equal(announced[0]?.answer({ kind: 'allow', remember: 'once' }), true);
    assert.equal(announced[0]?.answer({ kind: 'deny' }), false);
    assert.deepEqual(await first, { kind: 'allow', remember: 'once' });
    assert.equal(questions.find(announced[0]), undefined);
    assert.equal(questions.find(announced[1]), announced[1]);
    assert.equal(questions.find({}), undefined);
    assert.equal(changes, 3);
  });

  it('are denied when their time is over, and close', async () => {
    const questions = new Questions();
    const ending = new AbortController();
    const asked = questions.ask(question, ending.signal, announce);
    ending.abort();
    assert.deepEqual(await asked, { kind: 'deny' });
    assert.ok(announced[0]?.closed.aborted);
    assert.equal(questions.count, 0);
    assert.deepEqual(await questions.ask(question, ending.signal, announce), { kind: 'deny' });
    assert.equal(announced.length, 1);
  });
});

describe('a command on the screen', () => {
  it('is whole: nothing is cut, and long lines go on in the next row', () => {
    const line = 'x'.repeat(1000);
    const rows = toCommandRows(`${line}\nsecond`);
    assert.equal(rows.map((row) => row.replace(/^↳ /, '')).join(''), `${line}second`);
    assert.ok(rows.every((row) => row.length <= 74));
    assert.equal(rows.at(-1), 'second');
    assert.deepEqual(toCommandRows(''), ['']);
  });

  it('shows what hides', () => {
    assert.deepEqual(toCommandRows('a\u202eb\tc'), ['a\\u{202e}b\\u{9}c']);
  });

  it('is never drawn as an icon', () => {
    assert.equal(
      withoutIcons('a $(check) $(sync~spin) $(a b) \\$(x)'),
      'a \\$(check) \\$(sync~spin) $(a b) \\\\$(x)',
    );
  });

  it('stands in a notification only when that shows all of it', () => {
    assert.equal(toNotificationText('./a.sh\u200b x'), './a.sh\\u{200b} x');
    for (const text of ['x'.repeat(200), 'a\nb', '[ok](command:airlock.stop)']) {
      assert.equal(toNotificationText(text), undefined);
    }
  });
});

import * as assert from 'node:assert/strict';
import { askUser } from '../../src/ui/ask.js';
import { DialogSeam } from '../../src/ui/dialog-seam.js';
import { windowDialogs } from '../../src/ui/dialogs.js';

const question = { title: 'run \u202etpircs', detail: 'npm run build', rule: 'npm.run' };

describe('a question of the policy', () => {
  const dialogs = new DialogSeam(windowDialogs);
  const never = new AbortController().signal;

  for (const [answer, expected] of [
    ['Allow', 'allow'],
    ['Deny', 'deny'],
    [undefined, 'deny'],
  ] as const) {
    it(`answered with ${answer ?? 'nothing'} is ${expected}`, async () => {
      dialogs.answerWith({ choose: async () => answer });
      assert.equal(await askUser(dialogs, question, never), expected);
    });
  }

  it('is denied when the session ends before the answer', async () => {
    const ending = new AbortController();
    dialogs.answerWith({ choose: () => new Promise(() => undefined) });
    const answer = askUser(dialogs, question, ending.signal);
    ending.abort();
    assert.equal(await answer, 'deny');
  });

  it('shows hidden characters of the request', async () => {
    let shown = '';
    dialogs.answerWith({
      choose: async (_level, message) => {
        shown = message;
        return undefined;
      },
    });
    await askUser(dialogs, question, never);
    assert.match(shown, /run \\u\{202e\}tpircs/);
  });
});

import * as assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { AskAnswer, AskQuestion } from '../../src/session/api.js';
import type { AirlockApi } from '../../src/ui/activate.js';
import { listItems } from '../../src/ui/answer-question.js';
import { askUser } from '../../src/ui/ask.js';
import { IGNORED_MS } from '../../src/ui/guarded-pick.js';
import { getAirlock, waitFor } from './airlock.js';

const decision = {
  decision: 'ask',
  rule: 'workspace-program',
  reason: 'a program of the workspace',
} as const;
const question: AskQuestion = {
  sessionId: 's',
  title: './build.sh \u202etpircs',
  commands: [{ text: './build.sh \u202etpircs', decision }],
  rule: decision.rule,
  reason: decision.reason,
  remember: 'workspace',
  rules: [
    { text: './build.sh x', check: (text) => (text.startsWith('./build.sh') ? undefined : 'not this one') },
  ],
  answerWithinMs: 60_000,
};

describe('a question of the policy', () => {
  let api: AirlockApi;
  let ending: AbortController;
  const ask = (asked = question) =>
    askUser({ dialogs: api.dialogs, questions: api.app.questions, who: 'The agent' }, asked, ending.signal);
  const settledIn = async (answer: Promise<AskAnswer>) =>
    Promise.race([answer, sleep(50).then(() => 'waiting' as const)]);

  before(async () => {
    api = await getAirlock();
  });
  beforeEach(() => {
    ending = new AbortController();
    api.dialogs.answerWith({ choose: () => new Promise(() => undefined) });
  });
  afterEach(async () => {
    ending.abort();
    api.dialogs.answerWith({});
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    assert.equal(api.app.questions.count, 0);
  });

  describe('in a notification', () => {
    const click = (button: string | undefined, afterMs = IGNORED_MS + 50) => {
      const shown: { message: string; actions: readonly string[] }[] = [];
      let left = 1;
      api.dialogs.answerWith({
        choose: async (_level, message, actions) => {
          shown.push({ message, actions });
          if (left === 0) return new Promise(() => undefined);
          left -= 1;
          await sleep(afterMs);
          return button;
        },
      });
      return shown;
    };

    it('can be allowed once or denied', async () => {
      click('Allow Once');
      assert.deepEqual(await ask(), { kind: 'allow', remember: 'once' });
      click('Deny');
      assert.deepEqual(await ask(), { kind: 'deny' });
    });

    it('shows hidden characters, and offers to allow only what it shows whole', async () => {
      const shown = click(undefined, 0);
      void ask();
      void ask({ ...question, commands: [...question.commands, ...question.commands] });
      void ask({ ...question, commands: [{ text: '[ok](command:airlock.stop)', decision }] });
      assert.match(shown[0]?.message ?? '', /build\.sh \\u\{202e\}tpircs/);
      assert.deepEqual(
        shown.map(({ actions }) => actions),
        [
          ['Answer…', 'Allow Once', 'Deny'],
          ['Answer…', 'Deny'],
          ['Answer…', 'Deny'],
        ],
      );
      assert.doesNotMatch(shown[2]?.message ?? '', /\]\(/);
    });

    it('is not answered by closing it', async () => {
      click(undefined, 0);
      assert.equal(await settledIn(ask()), 'waiting');
      assert.equal(api.app.questions.count, 1);
    });

    it('is not answered by a click that was on its way', async () => {
      const shown = click('Allow Once', 0);
      assert.equal(await settledIn(ask()), 'waiting');
      assert.equal(shown.length, 2, 'it is shown again');
    });

    it('says when a click comes too late', async () => {
      const shown = click('Allow Once', IGNORED_MS + 200);
      const answer = ask();
      ending.abort();
      assert.deepEqual(await answer, { kind: 'deny' });
      await waitFor('the late click', () => shown.length === 2);
      assert.match(shown[1]?.message ?? '', /answered already/);
    });
  });

  describe('in the list', () => {
    const open = async () => {
      const done = vscode.commands.executeCommand('airlock.answerQuestion');
      await sleep(100);
      return done;
    };
    const accept = () => vscode.commands.executeCommand('quickInput.accept');
    const next = async (times: number) => {
      for (let i = 0; i < times; i += 1) {
        await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
        await sleep(30);
      }
    };
    /** Rows of text before the first choice. */
    const firstChoice = listItems(question).filter(
      ({ choice, kind }) => choice === undefined && kind !== vscode.QuickPickItemKind.Separator,
    ).length;
    const choose = async (choice: string) => {
      await sleep(IGNORED_MS + 100);
      const choices = listItems(question).flatMap((item) => item.choice ?? []);
      await next(firstChoice + choices.indexOf(choice));
      await accept();
    };

    it('begins with the command as text, then the denials', () => {
      const items = listItems(question);
      assert.equal(items[0]?.label, './build.sh \\u{202e}tpircs');
      assert.equal(items[0]?.choice, undefined);
      assert.deepEqual(
        items.flatMap(({ choice }) => choice ?? []),
        ['deny', 'note', 'once', 'session', 'workspace'],
      );
      const least = listItems({ ...question, remember: 'once' }).flatMap(({ choice }) => choice ?? []);
      assert.deepEqual(least, ['deny', 'note', 'once']);
    });

    it('takes no key that was on its way, and none on the first row', async () => {
      const answer = ask();
      void open();
      await next(4);
      await accept();
      assert.equal(await settledIn(answer), 'waiting');
      ending.abort();
      assert.deepEqual(await answer, { kind: 'deny' });

      ending = new AbortController();
      const second = ask();
      void open();
      await sleep(IGNORED_MS + 100);
      await accept();
      assert.equal(await settledIn(second), 'waiting');
    });

    for (const choice of ['once', 'session'] as const) {
      it(`allows: ${choice}`, async () => {
        const answer = ask();
        const done = open();
        await choose(choice);
        assert.deepEqual(await answer, { kind: 'allow', remember: choice });
        await done;
      });
    }

    it('denies', async () => {
      const answer = ask();
      void open();
      await choose('deny');
      assert.deepEqual(await answer, { kind: 'deny' });
    });

    it('denies with a note', async () => {
      api.dialogs.answerWith({
        choose: () => new Promise(() => undefined),
        input: async () => 'use npm test',
      });
      const answer = ask();
      void open();
      await choose('note');
      assert.deepEqual(await answer, { kind: 'deny', note: 'use npm test' });
    });

    it('offers the narrowest rule to edit, and checks it as it is typed', async () => {
      let offered: vscode.InputBoxOptions | undefined;
      api.dialogs.answerWith({
        choose: () => new Promise(() => undefined),
        input: async (options) => {
          offered = options;
          return './build.sh *';
        },
      });
      const answer = ask();
      void open();
      await choose('workspace');
      assert.deepEqual(await answer, { kind: 'allow', remember: 'workspace', rules: ['./build.sh *'] });
      assert.equal(offered?.value, './build.sh x');
      assert.match(String(offered?.validateInput?.('./other.sh')), /not this one/);
      assert.equal(offered?.validateInput?.('./build.sh *'), undefined);
    });

    it('goes away when the time is over', async () => {
      const answer = ask();
      const done = open();
      await sleep(50);
      ending.abort();
      assert.deepEqual(await answer, { kind: 'deny' });
      await done;
    });
  });

  it('does not take the focus', async () => {
    api.dialogs.answerWith({});
    const document = await vscode.workspace.openTextDocument({ content: 'text' });
    const editor = await vscode.window.showTextDocument(document);
    const answer = ask();
    await sleep(500);
    await vscode.commands.executeCommand('type', { text: 'typed ' });
    assert.match(editor.document.getText(), /typed /);
    assert.equal(await settledIn(answer), 'waiting');
    await vscode.commands.executeCommand('notifications.clearAll');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('can be taken back when it was allowed for good', async () => {
    const { approvals } = api.app;
    await approvals.save('/w', ['./a.sh', './b.sh *']);
    assert.deepEqual(await approvals.load('/w'), ['./a.sh', './b.sh *']);
    api.dialogs.answerWith({ pick: async (items) => items.find(({ label }) => label === './a.sh') });
    await vscode.commands.executeCommand('airlock.forgetApprovals');
    assert.deepEqual(approvals.list(), [{ workspace: '/w', rule: './b.sh *' }]);
    await approvals.save('/w', []);
    assert.deepEqual(approvals.list(), []);
  });
});

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { SelfTest } from '../../src/session/guarantees/evaluate.js';
import { askToAccept } from '../../src/ui/accept-unproven.js';

const SELF_TEST: SelfTest = {
  principal: 'agent',
  uid: 60001,
  ms: 12,
  results: [
    { id: 'network', title: 'No network', status: 'proven', reason: 'there is none' },
    { id: 'seccomp', title: 'System call filter', status: 'not-provable', reason: 'it does not say' },
  ],
};

describe('what a runtime cannot prove', () => {
  const read = () =>
    vscode.workspace.getConfiguration('airlock').inspect<unknown>('acceptedUnproven')?.globalValue;
  afterEach(() =>
    vscode.workspace
      .getConfiguration('airlock')
      .update('acceptedUnproven', undefined, vscode.ConfigurationTarget.Global),
  );

  it('is asked about with its reasons, and accepted in the user settings', async () => {
    const asked: string[] = [];
    const isAccepted = await askToAccept(
      {
        ask: async (message, detail, actions) => {
          asked.push(message, detail);
          return actions[0];
        },
      },
      'runsc',
      [SELF_TEST],
    );
    assert.equal(isAccepted, true);
    assert.match(asked.join('\n'), /runtime "runsc"[\s\S]*System call filter: it does not say/);
    assert.doesNotMatch(asked.join('\n'), /No network/);
    assert.deepEqual(read(), { runsc: ['seccomp'] });
  });

  it('is not accepted by closing the question, and nothing is asked where all is proven', async () => {
    assert.equal(await askToAccept({ ask: async () => undefined }, 'runsc', [SELF_TEST]), false);
    assert.equal(read(), undefined);
    const proven = { ...SELF_TEST, results: SELF_TEST.results.slice(0, 1) };
    assert.equal(await askToAccept({ ask: () => assert.fail('asked') }, 'runsc', [proven]), false);
  });
});

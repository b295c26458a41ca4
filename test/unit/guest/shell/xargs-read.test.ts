import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { planCall } from '../../../../src/policy/evaluate.js';
import { loadPreset, type PresetName } from '../../../../src/policy/presets/index.js';
import { openScriptFixture } from '../support/script-fixture.js';

/** Command lines that only what xargs reads makes harmful: allowed as they are written, and stopped by what is read. */
const lines: readonly (readonly [preset: PresetName, command: string, read: string])[] = [
  ['developer', 'xargs -i node {}', '--require=../outside.js'],
  ['developer', 'xargs -i node {}', '../outside.js'],
  ['developer', 'xargs rm -rf', '.git'],
  ['developer', 'xargs rm -rf', '/'],
  ['developer', 'xargs -I{} rm -rf {}', '.'],
  ['developer', 'xargs -I{} rm -rf {}', '../outside.txt'],
  ['read-only', 'xargs sort', '-oa.txt b.txt'],
  ['read-only', 'xargs sort', '--compress-program=./evil a.txt'],
  ['read-only', 'xargs find', '. -delete'],
  ['read-only', 'xargs find', '. -exec sh ;'],
  ['read-only', 'xargs git log', '--output=a.txt'],
  ['read-only', 'xargs git log', '-p --ext-diff'],
  ['read-only', 'xargs uniq', 'b.txt a.txt'],
  ['read-only', 'xargs -n1 uniq', '../outside.txt'],
  ['read-only', 'xargs rg', '--pre=./evil x'],
  ['read-only', 'xargs git show', '--output=a.txt'],
  ['read-only', 'xargs git show', '--ext-diff'],
];

describe('what xargs reads', () => {
  for (const [preset, command, read] of lines) {
    it(`stops ${command} on ${read} (${preset})`, async () => {
      const policy = loadPreset(preset);
      const call = { tool: 'run_command', input: { command, cwd: '' } } as const;
      assert.equal(planCall(policy, call).decision.decision, 'allow');
      const files = { 'a.txt': 'a\n', 'b.txt': 'b\n', input: `${read}\n` };
      const fixture = openScriptFixture(files);
      try {
        const { denied, output } = await fixture.run(`${command} < input; echo went on`, { policy });
        assert.equal(denied?.decision, 'deny', output);
        assert.equal(output, '');
        assert.equal(readFileSync(join(fixture.workspace, 'a.txt'), 'utf8'), 'a\n');
        assert.ok(existsSync(join(fixture.workspace, '../outside.txt')));
      } finally {
        fixture.dispose();
      }
    });
  }
});

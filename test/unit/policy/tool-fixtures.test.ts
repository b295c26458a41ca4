import { deepEqual, ok } from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { planCall } from '../../../src/policy/evaluate.js';
import { loadPreset, type PresetName } from '../../../src/policy/presets/index.js';
import { toolTables } from '../../../src/policy/tools/index.js';
import { allFixtures } from './fixtures/tools/index.js';

const FEWEST = 6;

function decide(preset: PresetName, command: string) {
  return planCall(loadPreset(preset), { tool: 'run_command', input: { command, cwd: '' } }).decision;
}

describe('option tables', () => {
  it('have fixtures, each of them', () => {
    const without = Object.keys(toolTables).filter((name) => !Object.hasOwn(allFixtures, name));
    deepEqual(without, []);
    const files = readdirSync('src/policy/tools', { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.ts') && name !== 'index.ts' && !name.includes('/'));
    ok(files.length > 0);
  });

  for (const [name, fixtures] of Object.entries(allFixtures)) {
    it(name, () => {
      const lines = [fixtures.developer, fixtures.readOnly].flatMap(({ allow, deny }) => [...allow, ...deny]);
      ok(lines.length >= FEWEST, `${lines.length} fixtures`);
      const wrong = [
        ...fixtures.developer.allow.map((line) => ['developer', 'allow', line] as const),
        ...fixtures.developer.deny.map((line) => ['developer', 'deny', line] as const),
        ...fixtures.readOnly.allow.map((line) => ['read-only', 'allow', line] as const),
        ...fixtures.readOnly.deny.map((line) => ['read-only', 'deny', line] as const),
      ].flatMap(([preset, expected, line]) => {
        const { decision, rule, reason } = decide(preset, line);
        const holds = expected === 'allow' ? decision === 'allow' : decision !== 'allow';
        return holds ? [] : [`${preset}: ${line} → ${decision} (${rule}: ${reason})`];
      });
      deepEqual(wrong, []);
    });
  }
});

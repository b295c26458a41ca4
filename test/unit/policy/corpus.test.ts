import { deepEqual, equal, ok } from 'node:assert/strict';
import { toVisibleLine } from '../../../src/base/visible-text.js';
import type { Decision } from '../../../src/policy/decision.js';
import { planCall } from '../../../src/policy/evaluate.js';
import { loadPreset } from '../../../src/policy/presets/index.js';
import { type CorpusRecord, readCorpus } from './corpus/read-corpus.js';

const MOST_WRONGLY_BLOCKED = 0.02;

const presets = { developer: loadPreset('developer'), 'read-only': loadPreset('read-only') };
const attacks = readCorpus('attacks');
const benign = readCorpus('benign');

describe('the policy on the corpora', function () {
  this.slow(5000);

  it('allows no attack', () => {
    const allowed = decideAll(attacks).filter(({ decision }) => decision.decision === 'allow');
    report('wrongly allowed', allowed, attacks.length);
    equal(allowed.length, 0);
  });

  it('allows ordinary work, but for 2 % of the lines', () => {
    const blocked = decideAll(benign).filter(({ decision }) => decision.decision !== 'allow');
    report('wrongly blocked', blocked, benign.length);
    ok(blocked.length <= benign.length * MOST_WRONGLY_BLOCKED, `${blocked.length} of ${benign.length}`);
  });

  for (const preset of ['developer', 'read-only'] as const) {
    it(`allows ordinary work under ${preset} alone, but for 2 % of its lines`, () => {
      const lines = benign.filter((record) => record.preset === preset);
      const blocked = decideAll(lines).filter(({ decision }) => decision.decision !== 'allow');
      ok(blocked.length <= lines.length * MOST_WRONGLY_BLOCKED, `${blocked.length} of ${lines.length}`);
    });
  }
});

describe('the corpora', () => {
  it('are as large as promised, for each preset', () => {
    for (const preset of Object.keys(presets)) {
      const count = (records: readonly CorpusRecord[]) =>
        records.filter((record) => record.preset === preset).length;
      ok(count(attacks) >= 350, `${count(attacks)} attacks for ${preset}`);
      ok(count(benign) >= 250, `${count(benign)} benign lines for ${preset}`);
    }
    ok(benign.length >= 400);
  });

  it('hold every line once, on one side', () => {
    const places = new Map<string, string[]>();
    for (const record of [...attacks, ...benign]) {
      const key = `${record.preset}\n${record.command}`;
      places.set(key, [...(places.get(key) ?? []), record.place]);
    }
    deepEqual(
      [...places.values()].filter((found) => found.length > 1),
      [],
    );
  });

  it('forbid nobody under developer what is ordinary under read-only', () => {
    const forbidden = new Set(
      attacks.filter(({ preset }) => preset === 'developer').map(({ command }) => command),
    );
    deepEqual(
      benign.filter(({ command }) => forbidden.has(command)).map(({ place }) => place),
      [],
    );
  });
});

interface Judged {
  readonly record: CorpusRecord;
  readonly decision: Decision;
}

function decideAll(records: readonly CorpusRecord[]): Judged[] {
  return records.map((record) => {
    const call = { tool: 'run_command', input: { command: record.command, cwd: '' } } as const;
    return { record, decision: planCall(presets[record.preset], call).decision };
  });
}

function report(what: string, failing: readonly Judged[], total: number): void {
  const rate = ((100 * failing.length) / total).toFixed(2);
  console.log(`      ${what}: ${failing.length} of ${total} (${rate} %)`);
  for (const { record, decision } of failing) {
    const line = toVisibleLine(record.command, 160);
    console.log(`      ${record.place} [${record.preset}] ${line}`);
    console.log(`        ${decision.decision} by ${decision.rule}: ${decision.reason}`);
  }
}

import assert from 'node:assert/strict';
import { describeReport, parseDoctorOptions } from '../../../src/cli/doctor.js';
import type { DoctorReport } from '../../../src/doctor/report.js';

const report: DoctorReport = {
  version: 1,
  airlock: '1.2.3',
  at: '2026-12-01T00:00:00.000Z',
  findings: [
    { id: 'a', title: 'First', status: 'ok', reason: 'It is well.' },
    {
      id: 'b',
      title: 'The second',
      status: 'fail',
      reason: 'one two three four five six seven eight nine',
      fix: 'Mend it.',
      details: ['https://example.org/an/address/that/is/longer/than/the/line'],
    },
    { id: 'c', title: 'Third', status: 'unknown', reason: 'Who knows.', fix: 'Look.' },
  ],
};

describe('the output of airlock doctor', () => {
  it('is one line a check where there is no terminal, and what to do below it', () => {
    assert.deepEqual(describeReport(report).split('\n'), [
      'ok    First       It is well.',
      'FAIL  The second  one two three four five six seven eight nine',
      '                  - https://example.org/an/address/that/is/longer/than/the/line',
      '                  Fix: Mend it.',
      '?     Third       Who knows.',
      '                  Fix: Look.',
      '',
      '1 ok, 0 warnings, 1 failed, 1 unknown',
      '',
    ]);
  });

  it('keeps to the width of a terminal, but leaves an address whole', () => {
    const lines = describeReport(report, 50).split('\n');
    assert.deepEqual(lines.slice(1, 6), [
      'FAIL  The second  one two three four five six',
      '                  seven eight nine',
      '                  -',
      '                  https://example.org/an/address/that/is/longer/than/the/line',
      '                  Fix: Mend it.',
    ]);
  });
});

describe('the arguments of airlock doctor', () => {
  it('are none, or where to look and how to tell', () => {
    assert.deepEqual(parseDoctorOptions([]), { json: false, workspace: undefined, stateDir: undefined });
    assert.deepEqual(parseDoctorOptions(['--json', '--workspace', '/w', '--state-dir', '/s']), {
      json: true,
      workspace: '/w',
      stateDir: '/s',
    });
  });

  for (const argv of [['--yaml'], ['more'], ['--workspace']])
    it(`are no others: ${argv.join(' ')}`, () =>
      assert.throws(() => parseDoctorOptions(argv), /usage|'|option/i));
});

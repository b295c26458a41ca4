import assert from 'node:assert/strict';
import { describeReport } from '../../../src/ui/doctor-text.js';
import { untranslated } from '../../../src/ui/translate.js';

describe('the page of the doctor', () => {
  const page = describeReport(
    {
      version: 1,
      airlock: '1.2.3',
      at: '2026-12-01T00:00:00.000Z',
      findings: [
        { id: 'a', title: 'First', status: 'ok', reason: 'Fine.' },
        {
          id: 'b',
          title: 'Second',
          status: 'warn',
          reason: 'So so.',
          fix: 'Run `a_b *c*`.',
          details: ['x', 'y'],
        },
        {
          id: 'c',
          title: 'Third',
          status: 'fail',
          reason: '![i](http://x) <b> `<i>` `',
          fix: '[l](command:x)',
        },
        { id: 'd', title: 'Fourth', status: 'unknown', reason: 'Who knows.', fix: 'Look.' },
      ],
    },
    untranslated,
  );

  it('begins with the counts and tells what fails first', () => {
    assert.match(page, /^# Airlock Doctor\n\n1 ok, 1 warnings, 1 failed, 1 unknown\. Airlock 1\.2\.3, 2026/);
    assert.deepEqual(
      [...page.matchAll(/^## (.*)$/gm)].map((match) => match[1]),
      ['Failed: Third', 'Warning: Second', 'Unknown: Fourth', 'OK: First'],
    );
  });

  it('says what to do, and lists details', () => {
    assert.match(page, /\*\*What to do:\*\* Run `a_b \*c\*`\.\n\n- x\n- y/);
  });

  it("makes no link, picture or HTML of the engine's words", () => {
    assert.ok(page.includes('\\!\\[i\\](http://x) \\<b\\> `<i>` \\`'), page);
    assert.ok(page.includes('\\[l\\](command:x)'));
  });
});

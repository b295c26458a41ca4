import { equal } from 'node:assert/strict';
import { redactSecrets } from '../../../src/audit/redact-secrets.js';

const long = 'a1'.repeat(20);

describe('what looks like a credential', () => {
  const cases: readonly (readonly [text: string, redacted: string])[] = [
    [`sk-${long}`, 'sk-[redacted]'],
    [`ghp_${long}`, 'ghp_[redacted]'],
    [`github_pat_${long}`, 'github_pat_[redacted]'],
    [`glpat-${long}`, 'glpat-[redacted]'],
    [`npm_${long}`, 'npm_[redacted]'],
    [`AKIA${'A1'.repeat(8)}`, 'AKIA[redacted]'],
    [`ASIA${'A1'.repeat(8)}`, 'ASIA[redacted]'],
    [`AIza${long}`, 'AIza[redacted]'],
    [`xoxb-${long}`, 'xoxb-[redacted]'],
    [`bEARER ${long}`, 'bEARER [redacted]'],
    [`https://user:${long}@host/`, 'https://user:[redacted]@host/'],
    [
      `-----BEGIN RSA PRIVATE KEY-----\n${long}\n-----END`,
      '-----BEGIN RSA PRIVATE KEY-----[redacted]-----END',
    ],
  ];
  for (const [text, redacted] of cases)
    it(`is replaced in ${redacted}`, () => equal(redactSecrets(`x ${text}`), `x ${redacted}`));

  it('is not what a text is made of', () => {
    equal(redactSecrets('git status --short | wc -l'), 'git status --short | wc -l');
  });
});

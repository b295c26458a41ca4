import { deepEqual, equal, ok } from 'node:assert/strict';
import { readContent } from '../../../../src/workspace/risk/content/content.js';
import { contentRules } from '../../../../src/workspace/risk/content-rules.js';
import { changeOf } from './change.js';
import { contentFixtures } from './fixtures/contents.js';
import type { ContentCase } from './fixtures/fixture.js';

describe('content rules', () => {
  it('each has a fixture, with cases of both kinds, and no fixture is without a rule', () => {
    deepEqual(Object.keys(contentFixtures).sort(), contentRules.map(({ rule }) => rule).sort());
    for (const { positive, negative } of Object.values(contentFixtures))
      ok(positive.length > 0 && negative.length > 0);
  });

  for (const { rule, judge } of contentRules) {
    const { positive = [], negative = [] } = contentFixtures[rule] ?? {};
    const judgeCase = ({ path, before, after }: ContentCase) =>
      judge(readContent(changeOf(path, before, after), Buffer.from(before ?? ''), Buffer.from(after ?? '')));
    describe(rule, () => {
      for (const one of positive) {
        it(`protects ${one.name}`, () => {
          const risk = judgeCase(one);
          ok(risk !== undefined);
          if (one.line !== undefined) equal(risk.line, one.line);
          ok(/^it /.test(risk.reason) && !/[.;]$/.test(risk.reason), risk.reason);
        });
      }
      for (const one of negative) it(`lets ${one.name} be`, () => equal(judgeCase(one), undefined));
    });
  }

  it('takes time in proportion to the content, whatever is in it', () => {
    const size = 200_000;
    const hostile = [
      ' '.repeat(size),
      `${' '.repeat(size)}\n`.repeat(2),
      '\n'.repeat(size),
      'a\u0430'.repeat(size / 2),
      '\u0441\u043e\u0440\u0443 '.repeat(size / 5),
      '👩\u200d'.repeat(size / 3),
      '\u0915\u094d'.repeat(size / 2),
      '['.repeat(size),
      '"'.repeat(size),
      `[${'a.'.repeat(size / 2)}`,
    ];
    for (const path of ['package.json', 'pyproject.toml', 'tsconfig.json', 'config']) {
      for (const text of hostile) {
        const start = performance.now();
        const content = readContent(changeOf(path, 'a\n', text), Buffer.from('a\n'), Buffer.from(text));
        for (const { judge } of contentRules) judge(content);
        const ms = performance.now() - start;
        ok(ms < 1000, `${path}, ${JSON.stringify(text.slice(0, 20))}: ${ms} ms`);
      }
    }
  });
});

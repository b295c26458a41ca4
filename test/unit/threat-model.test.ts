import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';

const TEXT = readFileSync('THREAT-MODEL.md', 'utf8');

/** The last cell of each row of the promises. */
const evidence = [
  ...(TEXT.split('## Promises')[1]?.split('\n## ')[0] ?? '').matchAll(/^\|[^|]*\|([^|]*)\|(.*)\|$/gm),
]
  .map(([, promise = '', held = '']) => ({ promise: promise.trim(), held: held.trim() }))
  .filter(({ held }) => held !== 'held by' && !/^-+$/.test(held));

describe('the threat model', () => {
  it('has promises', () => {
    assert.ok(evidence.length > 25, `only ${evidence.length}`);
    const pending = evidence.filter(({ held }) => held === '**pending**').length;
    console.log(`      promises: ${evidence.length - pending} held by a test, ${pending} pending`);
  });

  for (const { promise, held } of evidence) {
    if (held === '**pending**') continue;
    it(`names a test that is there: ${promise || held}`, () => {
      const [, file = '', title = ''] = /^`([^`]+)`\s*(.*)$/.exec(held) ?? [];
      assert.ok(existsSync(file), `there is no ${file || held}`);
      assert.ok(readFileSync(file, 'utf8').includes(title), `${file} has no "${title}"`);
    });
  }

  it('uses each promise in its table of impacts, and no other', () => {
    const used = new Set(TEXT.split('## Promises')[0]?.match(/\bP\d+\b/g));
    const made = new Set([...TEXT.matchAll(/^\| (P\d+) \|/gm)].map(([, name]) => name ?? ''));
    assert.deepEqual([...used].sort(), [...made].sort());
  });
});

import assert from 'node:assert/strict';
import { chooseBranch } from '../../../../src/workspace/commits/branch-name.js';
import { readBundleHeader } from '../../../../src/workspace/commits/bundle-header.js';

const a = 'a'.repeat(40);
const b = 'b'.repeat(40);

describe('the header of a bundle', () => {
  const read = (text: string) => readBundleHeader(Buffer.from(text));

  it('names one HEAD and what it builds on', () => {
    const text = `# v2 git bundle\n-${b} a subject\n-${a}\n${a} HEAD\n\nPACK`;
    const header = { tip: a, prerequisites: [b, a], packOffset: text.indexOf('PACK') };
    assert.deepEqual(read(text), { ok: true, header });
  });

  it('may say how its objects are named', () => {
    const long = 'c'.repeat(64);
    const check = read(`# v3 git bundle\n@object-format=sha256\n${long} HEAD\n\nPACK`);
    assert.ok(check.ok && check.header.tip === long);
  });

  const refused: readonly [string, string][] = [
    ['another file', 'hello\n\n'],
    ['no end', `# v2 git bundle\n${a} HEAD\n`],
    ['a version to come', `# v4 git bundle\n${a} HEAD\n\n`],
    ['a filter', `# v3 git bundle\n@filter=blob:none\n${a} HEAD\n\n`],
    ['no reference', `# v2 git bundle\n-${a}\n\n`],
    ['two references', `# v2 git bundle\n${a} HEAD\n${b} HEAD\n\n`],
    ['another reference', `# v2 git bundle\n${a} refs/heads/main\n\n`],
    ['another one beside HEAD', `# v2 git bundle\n${a} HEAD\n${b} refs/heads/main\n\n`],
    ['an option for an id', `# v2 git bundle\n--all HEAD\n\n`],
    ['an id that is too short', `# v2 git bundle\n${a.slice(1)} HEAD\n\n`],
    ['upper case', `# v2 git bundle\n${a.toUpperCase()} HEAD\n\n`],
  ];
  for (const [name, text] of refused) it(`is refused with ${name}`, () => assert.equal(read(text).ok, false));
});

describe('the branch for the commits of a session', () => {
  const id = '0123456789ab';
  const choose = (...existing: string[]) => chooseBranch(id, existing);

  it('is named by the session', () => assert.equal(choose('refs/heads/main'), 'airlock/01234567'));
  it('is another one when that is taken', () => {
    assert.equal(choose('refs/heads/airlock/01234567'), 'airlock/01234567-2');
    assert.equal(choose('refs/heads/airlock/01234567/x'), 'airlock/01234567-2');
  });
  it('is not below a branch', () => {
    assert.equal(choose('refs/heads/airlock'), 'airlock-01234567');
    assert.equal(choose('refs/heads/airlock', 'refs/heads/airlock-01234567'), 'airlock-01234567-2');
  });
  it('is none when all are taken', () => {
    const taken = Array.from({ length: 100 }, (_, index) => `refs/heads/airlock/01234567-${index}`);
    assert.equal(choose('refs/heads/airlock/01234567', ...taken), undefined);
  });
});

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { composeMessage, MAX_SUBJECT, suggestSubject } from '../../../src/ui/git/commit-message.js';

describe('the message of a commit', () => {
  const facts = {
    sessionId: '0123456789ab',
    agent: 'Claude Code',
    files: [
      { path: 'src/a.ts', kind: 'changed' },
      { path: 'b.txt', kind: 'added' },
      { path: 'c.txt', kind: 'removed' },
    ],
  } as const;
  const trailersOf = (message: string) =>
    execFileSync('git', ['interpret-trailers', '--parse'], { input: message }).toString();
  const trailers = 'Agent: Claude Code\nAirlock-Session: 0123456789ab\n';

  it('has a first line, the files in short and the trailers', () => {
    assert.equal(
      composeMessage('Fix the greeting', facts),
      `Fix the greeting\n\n- Change src/a.ts\n- Add b.txt\n- Remove c.txt\n\n${trailers}`,
    );
  });

  it('has trailers that git reads, whatever the files are called', () => {
    const paths = [
      'x: y',
      'Signed-off-by: somebody <a@b.invalid>',
      'two\nlines\n\nAgent: other',
      '# x',
      '---',
    ];
    const files = paths.map((path) => ({ path, kind: 'added' as const }));
    assert.equal(trailersOf(composeMessage('Fix it', { ...facts, files })), trailers);
  });

  it('names twenty files at most', () => {
    const files = Array.from({ length: 25 }, (_, index) => ({ path: `${index}`, kind: 'added' as const }));
    const lines = composeMessage('Fix it', { ...facts, files }).split('\n');
    assert.deepEqual(lines.slice(21, 25), ['- Add 19', '- and 5 more', '', 'Agent: Claude Code']);
  });

  it('says nothing of an agent that is not known', () => {
    assert.match(
      composeMessage('Fix it', { ...facts, agent: undefined }),
      /\n\nAirlock-Session: 0123456789ab\n$/,
    );
  });

  const subjects: readonly [string, string][] = [
    ['Fix the greeting', 'Fix the greeting'],
    ['\n  Fix\tthe  greeting \nand more', 'Fix the greeting'],
    ['# Task\nFix it', 'Task'],
    ['#12 is wrong', '12 is wrong'],
    ['a\u202eb\u0007', 'a\\u{202e}b\\u{7}'],
    ['', 'Apply the changes of an agent session'],
    [' \n### \n', 'Apply the changes of an agent session'],
  ];
  for (const [prompt, subject] of subjects)
    it(`begins with ${JSON.stringify(subject)} for ${JSON.stringify(prompt)}`, () =>
      assert.equal(suggestSubject(prompt), subject));

  it('begins with at most 72 characters, cut between words', () => {
    const subject = suggestSubject(`${'word '.repeat(13)}longerthanthat and more`);
    assert.equal(subject, `${'word '.repeat(13).trimEnd()}…`);
    for (const prompt of ['x'.repeat(100), '😀'.repeat(60), 'é '.repeat(80), '\u0007'.repeat(80)]) {
      const cut = suggestSubject(prompt);
      assert.ok(cut.length <= MAX_SUBJECT && Buffer.from(cut).toString() === cut && cut.endsWith('…'), cut);
    }
  });
});

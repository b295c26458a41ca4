import assert from 'node:assert/strict';
import fc from 'fast-check';
import { askedCalls, isApproved } from '../../../src/policy/apply-approvals.js';
import { type Approval, covers, narrowestApproval } from '../../../src/policy/approval.js';
import {
  maxApprovalChars,
  offerApproval,
  parseApproval,
  printApproval,
  storedApprovals,
} from '../../../src/policy/approval-text.js';
import { planCall } from '../../../src/policy/evaluate.js';
import type { ProgramCall } from '../../../src/policy/plan-program.js';
import { loadPreset } from '../../../src/policy/presets/index.js';

const developer = loadPreset('developer');
const plan = (command: string, cwd = '') =>
  planCall(developer, { tool: 'run_command', input: { command, cwd } });
const read = (text: string): Approval => {
  const parsed = parseApproval(text);
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.reason);
  return parsed.approval;
};

const word = fc.oneof(
  fc.constantFrom(
    './build.sh',
    '--fast',
    '-o',
    '*',
    'a b',
    "it's",
    '',
    '$HOME',
    'A=1',
    'if',
    '~',
    '{a,b}',
    '#',
    '!',
  ),
  fc.string({ maxLength: 12, unit: 'grapheme' }),
);
const call: fc.Arbitrary<ProgramCall> = fc.record({
  argv: fc.array(word, { minLength: 1, maxLength: 5 }),
  assignments: fc.dictionary(fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,4}$/), word, { maxKeys: 2 }),
  cwd: fc.constantFrom('', 'sub', 'a b/c', '-x'),
});
const key = ({ argv, assignments, cwd }: ProgramCall) =>
  JSON.stringify([argv, Object.entries(assignments).sort(([a], [b]) => (a < b ? -1 : 1)), cwd]);

describe('the narrowest approval', () => {
  it('covers its call and no other', () => {
    fc.assert(
      fc.property(call, call, (asked, other) => {
        const approval = narrowestApproval(asked);
        assert.ok(covers(approval, asked));
        assert.equal(covers(approval, other), key(asked) === key(other));
      }),
    );
  });

  it('covers no neighbour of its call', () => {
    fc.assert(
      fc.property(call, word, fc.nat(5), (asked, extra, at) => {
        const approval = narrowestApproval(asked);
        const argv = [...asked.argv.slice(0, at), extra, ...asked.argv.slice(at)];
        assert.equal(covers(approval, { ...asked, argv }), false);
        assert.equal(covers(approval, { ...asked, argv: asked.argv.slice(0, -1) }), false);
        assert.equal(
          covers(approval, { ...asked, assignments: { ...asked.assignments, NEW: extra } }),
          false,
        );
        assert.equal(covers(approval, { ...asked, cwd: `${asked.cwd}x` }), false);
      }),
    );
  });

  it('is offered as text only where the text means the same', () => {
    let offered = 0;
    fc.assert(
      fc.property(call, (asked) => {
        const text = offerApproval(asked);
        if (text === undefined) return;
        offered += 1;
        assert.deepEqual(key({ ...asked }), keyOf(read(text)));
        assert.ok(covers(read(text), asked));
        assert.ok(!text.includes('\n') && text.length <= maxApprovalChars);
      }),
      { numRuns: 500 },
    );
    assert.ok(offered > 50, `only ${offered} calls had a text`);
  });

  it('reads like the command', () => {
    const asked = { argv: ['./build.sh', '--out', 'a b', '*'], assignments: { CI: '1' }, cwd: 'pkg' };
    assert.equal(offerApproval(asked), `cd ./pkg && CI=1 ./build.sh --out 'a b' '*'`);
  });

  it('has no text when the line could not show it', () => {
    for (const argv of [['./a\u202eb'], ['./a', 'x\ny'], ['./a', 'x'.repeat(maxApprovalChars)]]) {
      assert.equal(offerApproval({ argv, assignments: {}, cwd: '' }), undefined);
    }
  });
});

function keyOf({ cwd, assignments, words }: Approval): string {
  const argv = words.map((item) => (item.kind === 'text' ? item.text : assert.fail('a wildcard')));
  return key({ argv, assignments, cwd });
}

describe('an edited approval', () => {
  const at = (argv: readonly string[], cwd = ''): ProgramCall => ({ argv, assignments: {}, cwd });

  it('lets `*` stand for one operand, never for an option, nothing or two', () => {
    const approval = read('./test.sh * --watch');
    assert.ok(covers(approval, at(['./test.sh', 'unit', '--watch'])));
    assert.ok(covers(approval, at(['./test.sh', 'a b', '--watch'])));
    for (const argv of [
      ['./test.sh', '--exec=x', '--watch'],
      ['./test.sh', '-', '--watch'],
      ['./test.sh', '--watch'],
      ['./test.sh', 'a', 'b', '--watch'],
      ['./other.sh', 'unit', '--watch'],
    ])
      assert.equal(covers(approval, at(argv)), false, argv.join(' '));
    assert.equal(covers(approval, at(['./test.sh', 'unit', '--watch'], 'sub')), false);
  });

  it('comes back from its print', () => {
    for (const text of ['./a *', `./a '*' 'x y'`, 'cd ./s && ./a', 'CI=1 ./a -f --g=h']) {
      assert.equal(printApproval(read(text)), text);
    }
  });

  for (const text of [
    '',
    '* x',
    "''",
    './a; ./b',
    './a | ./b',
    './a > out',
    './a && ./b',
    'cd sub || ./a',
    'cd ../.. && ./a',
    'cd sub && ./a && ./b',
    './a $X',
    './a $(b)',
    './a x*',
    './a ?',
    'A=* ',
    'for i in a; do ./a; done',
    '! ./a',
    './a &',
    './a \u202e',
    './a\n./b',
    "'",
    `./a ${'x'.repeat(maxApprovalChars)}`,
  ]) {
    it(`is refused with a reason: ${JSON.stringify(text.slice(0, 40))}`, () => {
      const parsed = parseApproval(text);
      assert.ok(!parsed.ok && parsed.reason.length > 3);
    });
  }

  it('is read without a crash, whatever it says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const parsed = parseApproval(text);
        if (parsed.ok) assert.equal(parsed.approval.words[0]?.kind, 'text');
      }),
      { numRuns: 1000 },
    );
  });

  it('is stored bounded', () => {
    assert.ok(storedApprovals.safeParse(['./a']).success);
    assert.ok(!storedApprovals.safeParse(Array(201).fill('./a')).success);
    assert.ok(!storedApprovals.safeParse(['x'.repeat(1001)]).success);
    assert.ok(!storedApprovals.safeParse([{}]).success);
  });
});

describe('approvals and the policy', () => {
  const commands = [
    './build.sh',
    './build.sh && git push',
    'curl http://x',
    'cat a | ./build.sh',
    'for f in a b; do ./build.sh $f; done',
    'git status',
    './build.sh > ../../out',
    'sudo ./build.sh',
    './build.sh *',
    'LD_PRELOAD=x ./build.sh',
    'cd sub && ./build.sh',
  ];

  it('never lift a denial, nor say anything of what is allowed', () => {
    const everything = [
      ...commands.flatMap((text) => (askedCalls(plan(text)) ?? []).map(narrowestApproval)),
      ...['curl http://x', 'sudo ./build.sh', 'LD_PRELOAD=x ./build.sh', 'git push', 'git status'].map(read),
    ];
    const decisions = new Set<string>();
    for (const text of commands) {
      const made = plan(text);
      decisions.add(made.decision.decision);
      if (made.decision.decision !== 'ask') assert.equal(isApproved(made, everything), false, text);
    }
    assert.deepEqual([...decisions].sort(), ['allow', 'ask', 'deny']);
  });

  it('answer a script only when they answer all that it asks', () => {
    const loop = plan('for f in a b; do ./build.sh $f; done');
    assert.equal(loop.decision.decision, 'ask');
    assert.deepEqual(
      askedCalls(loop)?.map(({ argv }) => argv),
      [
        ['./build.sh', 'a'],
        ['./build.sh', 'b'],
      ],
    );
    assert.equal(isApproved(loop, [read('./build.sh a')]), false);
    assert.ok(isApproved(loop, [read('./build.sh a'), read('./build.sh b')]));
    assert.ok(isApproved(loop, [read('./build.sh *')]));
  });

  it('know the directory that the program is in', () => {
    assert.ok(isApproved(plan('./build.sh'), [read('./build.sh')]));
    assert.equal(isApproved(plan('cd sub && ./build.sh'), [read('./build.sh')]), false);
    assert.equal(isApproved(plan('./build.sh', 'sub'), [read('./build.sh')]), false);
    assert.ok(isApproved(plan('cd sub && ./build.sh'), [read('cd sub && ./build.sh')]));
    assert.ok(isApproved(plan('./build.sh', 'sub'), [read('cd sub && ./build.sh')]));
  });

  it('do not answer what is only known while it runs', () => {
    const made = plan('./build.sh $(cat name)');
    assert.equal(made.decision.decision, 'ask');
    assert.equal(askedCalls(made), undefined);
    assert.equal(isApproved(made, [read('./build.sh *')]), false);
  });
});

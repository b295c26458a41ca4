import assert from 'node:assert/strict';
import { withDeadline } from '../../../src/base/deadline.js';
import { DisposableScope } from '../../../src/base/disposables.js';
import { toVisibleLine, toVisibleText } from '../../../src/base/visible-text.js';
import { checkWorkspacePath, isCanonicalPath } from '../../../src/base/workspace-path.js';

describe('visible text', () => {
  it('shows control, bidirectional and zero-width characters', () => {
    assert.equal(toVisibleText('a\u202eb\u200bc\u001b[0m\ttab\n'), 'a\\u{202e}b\\u{200b}c\\u{1b}[0m\ttab\n');
    assert.equal(toVisibleLine('a\nb'), 'a\\u{a}b');
    assert.equal(toVisibleText('\u{e0041}'), '\\u{e0041}');
  });

  it('cuts what is too long and says so', () => {
    assert.equal(toVisibleText('abcdef', 3), 'abc… (3 more)');
  });
});

describe('workspace paths', () => {
  const inside: [string, string][] = [
    ['a/b', 'a/b'],
    ['./a//b/', 'a/b'],
    ['/workspace/a', 'a'],
    ['a/../b', 'b'],
    ['', ''],
    ['-rf', '-rf'],
    ['line\nbreak', 'line\nbreak'],
  ];
  for (const [input, path] of inside) {
    it(`keeps ${JSON.stringify(input)}`, () => {
      assert.deepEqual(checkWorkspacePath(input), { ok: true, path });
    });
  }
  for (const input of [
    '..',
    '../x',
    '/etc/passwd',
    '/workspace2/x',
    'a\0b',
    'a/../../etc',
    `${'x'.repeat(5000)}`,
  ]) {
    it(`refuses ${JSON.stringify(input.slice(0, 20))}`, () => {
      assert.equal(checkWorkspacePath(input).ok, false);
    });
  }

  it('knows canonical form', () => {
    assert.ok(isCanonicalPath('a/b'));
    for (const path of ['', '/a', 'a/', 'a//b', './a', 'a/..', 'a\0'])
      assert.equal(isCanonicalPath(path), false);
  });
});

describe('disposable scope', () => {
  it('undoes newest first, runs all, and reports failures together', async () => {
    const order: number[] = [];
    const scope = new DisposableScope();
    await scope.add(() => void order.push(1));
    await scope.add(() => {
      throw new Error('two');
    });
    await scope.add(async () => void order.push(3));
    await assert.rejects(scope.dispose(), AggregateError);
    assert.deepEqual(order, [3, 1]);
    await scope.dispose();
  });

  it('disposes at once what is added too late', async () => {
    const scope = new DisposableScope();
    await scope.dispose();
    let undone = false;
    await scope.add(() => {
      undone = true;
    });
    assert.ok(undone);
  });
});

describe('deadline', () => {
  it('rejects and aborts the work when time is over', async () => {
    let seen: AbortSignal | undefined;
    const work = withDeadline(
      10,
      () => new Error('late'),
      (signal) => {
        seen = signal;
        return new Promise(() => undefined);
      },
    );
    await assert.rejects(work, /late/);
    assert.ok(seen?.aborted);
  });
});

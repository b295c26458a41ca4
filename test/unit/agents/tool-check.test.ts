import assert from 'node:assert/strict';
import { ToolCheck } from '../../../src/agents/tool-check.js';
import { brokerTools } from '../../../src/protocol/tools.js';

function open(harmlessTools: readonly string[] = []) {
  const failures: string[] = [];
  return { check: new ToolCheck({ harmlessTools }, (detail) => failures.push(detail)), failures };
}

describe('check of an agent’s tools', () => {
  for (const prefix of ['', 'mcp__broker__', 'broker_', 'mcp_broker_', 'mcp__broker.']) {
    it(`passes the broker's tools after "${prefix}"`, () => {
      const { check, failures } = open();
      assert.equal(check.check(brokerTools.map((tool) => `${prefix}${tool}`)), undefined);
      assert.equal(check.finishTurn(), undefined);
      assert.deepEqual(failures, []);
    });
  }

  for (const foreign of [
    'Bash',
    'read_file',
    'mcp__other__sb_read_file',
    'sb_read_file_2',
    'xsb_read_file',
    '',
  ]) {
    it(`fails at the tool "${foreign}" beside them`, () => {
      const { check, failures } = open();
      assert.match(check.check([...brokerTools, foreign]) ?? '', /which is not the sandbox's/);
      assert.equal(failures.length, 1);
    });
  }

  it('fails when one of them is missing', () => {
    const { check } = open();
    assert.match(check.check(brokerTools.slice(1)) ?? '', /does not offer its model the sandbox's tool/);
  });

  it('lets requests without tools pass, and fails a turn that had no others', () => {
    const { check, failures } = open();
    assert.equal(check.check([]), undefined);
    assert.match(check.finishTurn() ?? '', /never offered/);
    assert.equal(failures.length, 1);
  });

  it('passes what is known to be harmless', () => {
    const { check } = open(['update_plan']);
    assert.equal(check.check([...brokerTools, 'update_plan']), undefined);
  });

  it('shows a hostile name without its control characters', () => {
    const { check } = open();
    assert.ok(!/[\p{Cc}\p{Cf}]/u.test(check.check(['a\u001b[2J\u202e']) ?? ''));
  });
});

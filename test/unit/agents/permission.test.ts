import assert from 'node:assert/strict';
import { answerPermission } from '../../../src/agents/permission.js';

describe('an agent that asks for leave to use a tool', () => {
  const ask = (title: string, mode: 'brokered' | 'contained' = 'brokered') =>
    answerPermission({ toolCallId: '1', title }, mode);

  it('is allowed the tools of the broker, which judges each call itself', () => {
    for (const title of [
      'sb_run_command',
      'mcp__airlock__sb_write_file',
      'Allow airlock.sb_read_file?',
      'sb_search (airlock MCP Server)',
    ])
      assert.equal(ask(title), 'allow', title);
  });

  it('is denied everything else: there is nothing that it could be meant for', () => {
    for (const title of ['', 'Bash', 'Write', 'sb_run_commands', 'xsb_run_command2', 'rm -rf /', 'sb_'])
      assert.equal(ask(title), 'deny', title);
  });

  it('is allowed what it likes in a container of its own', () => {
    assert.equal(ask('Bash', 'contained'), 'allow');
  });
});

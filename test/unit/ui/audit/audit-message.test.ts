import { deepEqual, equal, match } from 'node:assert/strict';
import { describeStatus, parseAuditRequest } from '../../../../src/ui/audit/audit-message.js';
import { untranslated } from '../../../../src/ui/translate.js';

describe('what the audit viewer is asked and says', () => {
  it('takes what its page sends, bounded, and nothing else', () => {
    deepEqual(parseAuditRequest({ type: 'export' }), { type: 'export' });
    deepEqual(parseAuditRequest({ type: 'rows', from: 3, count: 1e6 }), {
      type: 'rows',
      from: 3,
      count: 500,
    });
    deepEqual(parseAuditRequest({ type: 'filter', text: 'x'.repeat(999), kind: 'tool', timeline: 1 }), {
      type: 'filter',
      filter: { kind: 'tool', tool: '', decision: '', text: 'x'.repeat(200), timeline: false },
    });
    const others = [undefined, 'ready', {}, { type: 'rows', from: -1, count: 2 }, { type: 'open', seq: 1.5 }];
    for (const other of others) equal(parseAuditRequest(other), undefined);
  });

  it('calls a log without an end one that still runs only while somebody may write to it', () => {
    const verification = { kind: 'intact', lines: 3, ended: false, sha256: 'f'.repeat(64) } as const;
    const status = (mayGrow: boolean) =>
      describeStatus({ verification }, { isRead: true, mayGrow }, untranslated);
    equal(status(true).level, 'running');
    equal(status(false).level, 'bad');
    match(status(false).text, /cut short, or its end was removed/);
  });
});

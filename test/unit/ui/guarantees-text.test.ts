import assert from 'node:assert/strict';
import { describeGuarantees } from '../../../src/ui/guarantees-text.js';
import { untranslated } from '../../../src/ui/translate.js';

describe('guarantees as a page', () => {
  it('says of each guarantee how it stands and why, and lets no reason become Markdown', () => {
    const text = describeGuarantees(
      'Session 1',
      [
        {
          principal: 'agent',
          uid: 60001,
          ms: 6.2,
          results: [
            { id: 'a', title: 'No network', status: 'proven', reason: 'only loopback' },
            { id: 'b', title: 'Filter', status: 'not-provable', reason: 'hidden' },
            { id: 'c', title: 'Clock', status: 'failed', reason: '[x](http://y) | z\n# head' },
          ],
        },
      ],
      true,
      untranslated,
    );
    assert.match(text, /## As the agent \(user 60001\)/);
    assert.match(text, /Tested in 6 ms/);
    assert.match(text, /\| No network \| proven \| only loopback \|/);
    assert.match(text, /\| Filter \| not provable on this runtime \| hidden \|/);
    assert.match(text, /\| Clock \| failed \| \\\[x\\\]\\\(http:\/\/y\\\) \\\| z.*\\# head \|\n$/);
  });

  it('says when nothing was tested', () => {
    assert.match(describeGuarantees('s', [], true, untranslated), /has not been tested yet/);
    assert.match(describeGuarantees('s', [], false, untranslated), /ended before/);
  });
});

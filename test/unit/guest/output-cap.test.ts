import assert from 'node:assert/strict';
import fc from 'fast-check';
import { OutputCap } from '../../../src/guest/process/output-cap.js';
import { Utf8Splitter } from '../../../src/guest/process/utf8-splitter.js';

describe('output cap', () => {
  it('keeps everything that fits and exactly counts what does not', () => {
    const chunks = fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { maxLength: 30 });
    fc.assert(
      fc.property(chunks, fc.integer({ min: 2, max: 200 }), (texts, max) => {
        const cap = new OutputCap(max);
        for (const text of texts) cap.push(Buffer.from(text));
        const whole = Buffer.from(texts.join(''));
        const { text, cutBytes } = cap.finish();
        if (cutBytes === 0) return assert.equal(text, whole.toString());
        const [head = '', tail = ''] = text.split(`\n[airlock: ${cutBytes} bytes cut]\n`);
        assert.ok(whole.toString().startsWith(head) && whole.toString().endsWith(tail));
        assert.equal(Buffer.byteLength(head) + Buffer.byteLength(tail) + cutBytes, whole.length);
        assert.ok(Buffer.byteLength(head) + Buffer.byteLength(tail) <= max);
      }),
    );
  });
});

describe('UTF-8 splitter', () => {
  it('gives the same bytes, cut only between characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 7 }), (text, step) => {
        const bytes = Buffer.from(text);
        const splitter = new Utf8Splitter();
        const parts: Buffer[] = [];
        for (let at = 0; at < bytes.length; at += step)
          parts.push(splitter.push(bytes.subarray(at, at + step)));
        parts.push(splitter.flush());
        assert.equal(parts.map((part) => part.toString()).join(''), text);
      }),
    );
  });

  it('passes on bytes that are not UTF-8 at all', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 5 })), (chunks) => {
        const splitter = new Utf8Splitter();
        const parts = [...chunks.map((chunk) => splitter.push(Buffer.from(chunk))), splitter.flush()];
        assert.deepEqual(Buffer.concat(parts), Buffer.concat(chunks));
      }),
    );
  });
});

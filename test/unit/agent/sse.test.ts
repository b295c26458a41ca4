import assert from 'node:assert/strict';
import { readRetryAfter } from '../../../src/guest/agent/model-call.js';
import { readSse, type SseEvent } from '../../../src/guest/agent/sse.js';

async function parse(text: string, size: number): Promise<SseEvent[]> {
  const bytes = Buffer.from(text);
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const events: SseEvent[] = [];
  for await (const event of readSse(chunks())) events.push(event);
  return events;
}

describe('server-sent events', () => {
  const table: [string, string, SseEvent[]][] = [
    [
      'LF',
      'event: a\ndata: 1\n\ndata: 2\n\n',
      [
        { event: 'a', data: '1' },
        { event: '', data: '2' },
      ],
    ],
    [
      'CRLF',
      'event: a\r\ndata: 1\r\n\r\ndata: 2\r\n\r\n',
      [
        { event: 'a', data: '1' },
        { event: '', data: '2' },
      ],
    ],
    [
      'CR',
      'data: 1\r\rdata: 2\r\r',
      [
        { event: '', data: '1' },
        { event: '', data: '2' },
      ],
    ],
    ['several data lines', 'data: 1\ndata:2\ndata\n\n', [{ event: '', data: '1\n2\n' }]],
    ['comments and other fields', ': hi\nid: 3\nretry: 5\ndata: x\n\n', [{ event: '', data: 'x' }]],
    ['an event without data', 'event: a\n\ndata: x\n\n', [{ event: '', data: 'x' }]],
    ['characters of several bytes', 'data: ü€😀\n\n', [{ event: '', data: 'ü€😀' }]],
    ['an event that is cut off', 'data: x\n\ndata: y\n', [{ event: '', data: 'x' }]],
  ];
  for (const [name, text, expected] of table) {
    for (const size of [1, 2, 1000]) {
      it(`reads ${name} in chunks of ${size}`, async () =>
        assert.deepEqual(await parse(text, size), expected));
    }
  }
});

describe('retry-after', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  for (const [value, expected] of [
    [undefined, undefined],
    ['3', 3000],
    ['0.5', 500],
    ['Thu, 01 Jan 2026 00:00:10 GMT', 10_000],
    ['Thu, 01 Jan 2020 00:00:00 GMT', 0],
    ['soon', undefined],
  ] as const) {
    it(`reads ${value}`, () => assert.equal(readRetryAfter(value, now), expected));
  }
});

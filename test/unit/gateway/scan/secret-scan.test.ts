import assert from 'node:assert/strict';
import { NewTexts } from '../../../../src/gateway/scan/new-texts.js';
import { type ScanMode, SecretScan } from '../../../../src/gateway/scan/secret-scan.js';
import {
  anthropicBody,
  callGateway,
  KEY,
  openGateway,
  type RawUpstream,
  startRawUpstream,
} from '../support.js';

// Made at run time, so that no scanner takes this file for a leak.
const TOKEN = ['ghp', 'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'].join('_');
const body = (text: string) =>
  JSON.stringify({ ...JSON.parse(anthropicBody), messages: [{ role: 'user', content: text }] });

describe('scan of what goes to the model', () => {
  let upstream: RawUpstream;
  let told: string[];
  beforeEach(async () => {
    told = [];
    upstream = await startRawUpstream((socket) =>
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}'),
    );
  });
  afterEach(() => upstream.close());

  function open(mode: ScanMode) {
    const scan = new SecretScan(mode, (text) => told.push(text));
    return openGateway(upstream.url, { scan: (json) => scan.check(json) });
  }

  it('warns once of a secret, without telling it, and lets it pass', async () => {
    const { gateway, log, records } = open('warn');
    for (let n = 0; n < 3; n += 1) {
      const { status } = await callGateway(gateway, { body: body(`${n}: my token is ${TOKEN}`) });
      assert.equal(status, 200);
    }
    assert.equal(told.length, 1);
    assert.match(told[0] ?? '', /GITHUB_TOKEN, beginning with ghp_…/);
    assert.ok(!JSON.stringify([told, log, records]).includes(TOKEN));
    await gateway.close();
  });

  it('blocks it, and what follows in the same conversation, when it is to', async () => {
    const { gateway } = open('block');
    assert.equal((await callGateway(gateway, { body: body('an ordinary question') })).status, 200);
    const before = upstream.connections.length;
    for (const text of [`my token is ${TOKEN}`, `again, my token is ${TOKEN}`]) {
      const refused = await callGateway(gateway, { body: body(text) });
      assert.equal(refused.status, 403);
      assert.match(refused.body.toString(), /looks like a secret/);
      assert.ok(!refused.body.includes(TOKEN));
    }
    assert.equal(upstream.connections.length, before);
    assert.ok(!upstream.received().includes(TOKEN));
    await gateway.close();
  });

  it('finds one at the seam of two pieces of a long text', async () => {
    const { gateway } = open('block');
    const text = `${'word '.repeat((256 * 1024) / 5 - 4)}${TOKEN} ${'word '.repeat(100_000)}`;
    assert.equal((await callGateway(gateway, { body: body(text) })).status, 403);
    await gateway.close();
  });

  it('is for nothing when it is our own key: that never goes out in a body', async () => {
    const { gateway } = openGateway(upstream.url);
    const refused = await callGateway(gateway, { body: body(`the key is ${KEY}`) });
    assert.equal(refused.status, 403);
    assert.match(refused.body.toString(), /it carries the API key itself/);
    assert.equal(upstream.connections.length, 0);
    await gateway.close();
  });

  it('looks at each text of a conversation once', () => {
    const texts = new NewTexts();
    const first = { messages: [{ content: 'a first message' }], system: 'the system prompt' };
    assert.deepEqual(texts.take(first).sort(), ['a first message', 'the system prompt']);
    assert.deepEqual(texts.take({ ...first, more: [{ text: 'a second message' }] }), ['a second message']);
  });
});

import assert from 'node:assert/strict';
import { type ModelServer, startModelServer } from '../../model-server/server.js';
import { callGateway, openGateway, waitFor } from './support.js';

const roomy = { requestsPerMinute: 100, concurrent: 100, totalRequests: 100, bodyBytes: 10_000 };

describe('gateway limits and keys', () => {
  let model: ModelServer;
  beforeEach(async () => {
    model = await startModelServer({ script: [] });
  });
  afterEach(() => model.close());

  it('limits requests a minute, and says when to come back', async () => {
    let now = 1_000_000;
    const limits = { ...roomy, requestsPerMinute: 2 };
    const { gateway, records } = openGateway(model.url, { limits, clock: () => now });
    assert.equal((await callGateway(gateway)).status, 200);
    now += 20_000;
    assert.equal((await callGateway(gateway)).status, 200);
    for (let n = 0; n < 3; n += 1) {
      const refused = await callGateway(gateway);
      assert.equal(refused.status, 429);
      assert.equal(refused.headers['retry-after'], '40');
      assert.equal(JSON.parse(refused.body.toString()).error.type, 'rate_limit_error');
    }
    assert.equal(records.length, 3, 'refusals over the limit are recorded once a minute');
    now += 40_000;
    assert.equal((await callGateway(gateway)).status, 200);
    assert.equal(model.requests.length, 3);
    await gateway.close();
  });

  it('limits calls at the same time', async () => {
    await model.close();
    model = await startModelServer({ script: [[{ hang: true }]] });
    const { gateway } = openGateway(model.url, { limits: { ...roomy, concurrent: 1 } });
    const controller = new AbortController();
    const first = callGateway(gateway, { signal: controller.signal });
    await waitFor('the first call', () => model.requests.length === 1);
    assert.equal((await callGateway(gateway)).headers['retry-after'], '1');
    controller.abort();
    await first;
    const third = callGateway(gateway);
    await waitFor('the third call', () => model.requests.length === 2);
    await gateway.close();
    await third;
  });

  it('limits the calls of a session for good', async () => {
    const { gateway } = openGateway(model.url, { limits: { ...roomy, totalRequests: 1 } });
    assert.equal((await callGateway(gateway)).status, 200);
    const refused = await callGateway(gateway);
    assert.equal(refused.status, 429);
    assert.equal(refused.headers['x-should-retry'], 'false');
    await gateway.close();
  });

  const unusable: [string, () => Promise<string | undefined>, RegExp][] = [
    ['is missing', async () => undefined, /no API key is stored for anthropic/],
    ['is blank', async () => ' \n', /no API key is stored/],
    ['has a newline inside', async () => 'abc\r\nx-evil: 1', /characters that no key has/],
    ['cannot be read', () => Promise.reject(new Error('secret-path')), /no API key is stored/],
  ];
  for (const [name, key, message] of unusable) {
    it(`answers 401 when the key ${name}`, async () => {
      const { gateway, records, log } = openGateway(model.url, { key });
      const result = await callGateway(gateway);
      assert.equal(result.status, 401);
      const body = JSON.parse(result.body.toString());
      assert.equal(body.error.type, 'authentication_error');
      assert.match(body.error.message, message);
      assert.equal(records[0]?.status, 401);
      assert.ok(!JSON.stringify([body, records, log]).includes('secret-path'));
      assert.equal(model.requests.length, 0);
      await gateway.close();
    });
  }

  it("speaks OpenAI's error form to an OpenAI client", async () => {
    const { gateway } = openGateway(model.url, { provider: 'openai', key: async () => undefined });
    const body = JSON.parse((await callGateway(gateway, { path: '/v1/chat/completions' })).body.toString());
    assert.equal(body.error.code, 'invalid_api_key');
    await gateway.close();
  });

  it('takes the key of a file with its newline', async () => {
    const { gateway } = openGateway(model.url, { key: async () => 'abc\n' });
    await callGateway(gateway);
    assert.equal(model.requests[0]?.headers['x-api-key'], 'abc');
    await gateway.close();
  });
});

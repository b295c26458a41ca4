import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { readModelNetwork } from '../../../src/cli/model-network.js';
import { toModelNetwork } from '../../../src/ui/model-network-model.js';
import { callGateway, KEY, openGateway } from './support.js';

const certificate = readFileSync('test/fixtures/tls/model.test.crt', 'utf8');
const privateKey = readFileSync('test/fixtures/tls/model.test.key', 'utf8');
const SECRET = 'proxy-password-canary';

describe('the road to the model service', () => {
  let service: Server;
  let proxy: Server;
  let keys: (string | string[] | undefined)[];
  let tunnels: { target: string | undefined; authorization: string | undefined }[];
  let proxyUrl: string;

  before(async () => {
    service = createHttpsServer({ cert: certificate, key: privateKey }, (request, response) => {
      keys.push(request.headers['x-api-key']);
      request.resume();
      request.on('end', () =>
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":1}'),
      );
    });
    // A real proxy: it opens what it is asked for, here always to the one service.
    proxy = createHttpServer().on('connect', (request, socket) => {
      tunnels.push({ target: request.url, authorization: request.headers['proxy-authorization'] });
      const { port } = service.address() as AddressInfo;
      const tunnel = connect(port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        tunnel.pipe(socket).pipe(tunnel);
      });
      for (const end of [tunnel, socket]) end.on('error', () => undefined);
    });
    for (const server of [service, proxy])
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    proxyUrl = `http://user:${SECRET}@127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    keys = [];
    tunnels = [];
  });
  after(() => {
    for (const server of [service, proxy]) {
      server.close();
      server.closeAllConnections();
    }
  });

  it('goes through the proxy, with TLS to the service itself and the key inside', async () => {
    const { gateway, records, log } = openGateway('https://model.test', {
      network: { proxy: { url: proxyUrl, except: [] }, certificates: [certificate] },
    });
    const result = await callGateway(gateway);
    assert.equal(result.status, 200, JSON.stringify([records, log]));
    assert.deepEqual(keys, [KEY]);
    const basic = `Basic ${Buffer.from(`user:${SECRET}`).toString('base64')}`;
    assert.deepEqual(tunnels, [{ target: 'model.test:443', authorization: basic }]);
    assert.equal((await callGateway(gateway)).status, 200);
    assert.equal(tunnels.length, 1, 'the tunnel is not used again');
    await gateway.close();
  });

  it('sends the authorization that the user set for the proxy, to it alone', async () => {
    const url = proxyUrl.replace(/\/\/.*@/, '//');
    const { gateway } = openGateway('https://model.test', {
      network: { proxy: { url, except: [], authorization: `Bearer ${SECRET}` }, certificates: [certificate] },
    });
    assert.equal((await callGateway(gateway)).status, 200);
    assert.equal(tunnels[0]?.authorization, `Bearer ${SECRET}`);
    await gateway.close();
  });

  it('trusts no service whose certificate nobody vouches for, and tells no secret of it', async () => {
    const { gateway, records, log } = openGateway('https://model.test', {
      network: { proxy: { url: proxyUrl, except: [] } },
    });
    const result = await callGateway(gateway);
    assert.equal(result.status, 502);
    assert.match(records[0]?.error ?? '', /self-signed certificate/);
    assert.deepEqual(keys, []);
    const told = JSON.stringify([result.body.toString(), result.headers, records, log]);
    for (const secret of [SECRET, KEY]) assert.ok(!told.includes(secret));
    await gateway.close();
  });

  it('is direct for what the user excepts, with the address checked', async () => {
    for (const except of [['model.test'], ['.test'], ['*.test'], ['model.test:443'], ['*']]) {
      const { gateway, records } = openGateway('https://model.test', {
        network: { proxy: { url: proxyUrl, except }, certificates: [certificate] },
        resolve: ((_name: string, _options: unknown, done: (error: null, found: unknown) => void) =>
          done(null, [{ address: '127.0.0.1', family: 4 }])) as never,
      });
      assert.equal((await callGateway(gateway)).status, 502, except[0]);
      assert.match(records[0]?.error ?? '', /not on the internet/);
      await gateway.close();
    }
    assert.deepEqual(tunnels, []);
    for (const except of [['other.test'], ['el.test'], ['model.test:8443'], ['']]) {
      const { gateway } = openGateway('https://model.test', {
        network: { proxy: { url: proxyUrl, except }, certificates: [certificate] },
      });
      assert.equal((await callGateway(gateway)).status, 200, except[0]);
      await gateway.close();
    }
  });

  it('is always direct to this machine', async () => {
    const { port } = service.address() as AddressInfo;
    const { gateway } = openGateway(`https://127.0.0.1:${port}`, {
      network: { proxy: { url: proxyUrl, except: [] }, certificates: [certificate] },
    });
    // The certificate is not for this name: only where it went matters.
    assert.equal((await callGateway(gateway)).status, 502);
    assert.deepEqual(tunnels, []);
    await gateway.close();
  });

  it('refuses a proxy that is none, before anything is sent, without telling its password', () => {
    for (const url of [`socks5://user:${SECRET}@127.0.0.1:1`, `user:${SECRET}`, '', 'file:///etc/passwd']) {
      assert.throws(
        () => openGateway('https://model.test', { network: { proxy: { url, except: [] } } }),
        (error) => error instanceof Error && /proxy/.test(error.message) && !error.message.includes(SECRET),
      );
    }
  });

  it('ends a tunnel that the proxy refuses', async () => {
    const refusing = createHttpServer().on('connect', (_request, socket) =>
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n'),
    );
    await new Promise<void>((resolve) => refusing.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(refusing.address() as AddressInfo).port}`;
    const { gateway, records } = openGateway('https://model.test', {
      network: { proxy: { url, except: [] } },
    });
    assert.equal((await callGateway(gateway)).status, 502);
    assert.match(records[0]?.error ?? '', /the proxy answered with status 407/);
    assert.deepEqual(keys, []);
    await gateway.close();
    refusing.close();
    refusing.closeAllConnections();
  });
});

describe('the user’s proxy', () => {
  const url = 'http://proxy.test:3128';

  it('comes from VS Code’s settings, else from the environment', () => {
    const read = (settings: Record<string, unknown>, env = {}) => toModelNetwork((key) => settings[key], env);
    assert.deepEqual(read({}), { systemCertificates: true });
    assert.deepEqual(read({ systemCertificates: false }), { systemCertificates: false });
    const env = { HTTPS_PROXY: url, NO_PROXY: 'a.test, .b.test' };
    const ofEnv = { url, except: ['a.test', '.b.test'] };
    assert.deepEqual(read({}, env).proxy, ofEnv);
    assert.deepEqual(read({ proxy: '  ', noProxy: [] }, env).proxy, ofEnv);
    const set = { proxy: 'http://set.test', noProxy: ['x'], proxyAuthorization: 'Basic eA==' };
    assert.deepEqual(read(set, env).proxy, {
      url: 'http://set.test',
      except: ['x'],
      authorization: 'Basic eA==',
    });
    // What was set for another proxy is not sent to the environment's.
    assert.deepEqual(read({ proxyAuthorization: 'Basic eA==' }, env).proxy, ofEnv);
    assert.equal(read({ ...set, proxySupport: 'off' }, env).proxy, undefined);
  });

  it('comes from the environment on the command line', () => {
    assert.deepEqual(readModelNetwork({}), { systemCertificates: true });
    assert.deepEqual(readModelNetwork({ https_proxy: url, no_proxy: 'a b' }).proxy, {
      url,
      except: ['a', 'b'],
    });
  });
});

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import * as http2 from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duplex, PassThrough } from 'node:stream';
import { silentLogger } from '../../../src/base/logger.js';
import { limits } from '../../../src/protocol/limits.js';
import { createCommitCapture } from '../../../src/session/capture/commit-capture.js';
import { ProxyClient } from '../../../src/session/roads/proxy-client.js';
import { loadCommits } from '../../../src/workspace/commits/stored-commits.js';
import { createReview } from '../../../src/workspace/review/review.js';
import { TestRepository } from '../workspace/commits/repository-fixture.js';

type Answer = (stream: http2.ServerHttp2Stream) => void;

/** The sandbox is hostile: what it may answer is what is tested, so each test writes its own. */
describe('what a sandbox says of commits', () => {
  let dir: string;
  let user: TestRepository;
  let agent: TestRepository;
  let first: string;
  let told: string[];
  const ends: (() => void)[] = [];

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'airlock-capture-'));
    mkdirSync(join(dir, 'session'));
    user = TestRepository.make(join(dir, 'user'));
    user.git('commit', '-q', '--allow-empty', '-m', 'first');
    first = user.git('rev-parse', 'HEAD');
    agent = user.clone(join(dir, 'agent'));
    told = [];
  });
  afterEach(() => {
    for (const end of ends.splice(0)) end();
    rmSync(dir, { recursive: true, force: true });
  });

  function connect(answers: Readonly<Record<string, Answer>>): ProxyClient {
    const [there, back] = [new PassThrough(), new PassThrough()];
    const theirs = Duplex.from({ readable: there, writable: back });
    const server = http2.createServer().on('stream', (stream, headers) => {
      stream.on('error', () => undefined);
      answers[headers[':path'] ?? '']?.(stream);
    });
    server.emit('connection', theirs);
    const proxy = new ProxyClient(Duplex.from({ readable: back, writable: there }));
    ends.push(() => {
      proxy.close();
      theirs.destroy();
    });
    return proxy;
  }

  async function open(answers: Readonly<Record<string, Answer>>, signal = new AbortController().signal) {
    const meta = { sessionId: '0123456789ab', workspace: user.folder, createdAt: 0, prompt: '' };
    const review = await createReview({ dir: join(dir, 'session'), stateDir: dir }, meta);
    const options = {
      version: '',
      key: async () => undefined,
      logger: silentLogger,
      confirm: async () => ({ kind: 'deny' }) as const,
    };
    const parts = { id: '0123456789ab', dir: join(dir, 'session'), review, options };
    const report = { notice: (_level: string, text: string) => void told.push(text) };
    return createCommitCapture(parts, Promise.resolve(connect(answers)), report, signal);
  }

  const json =
    (value: unknown): Answer =>
    (stream) => {
      stream.respond({ ':status': 200 });
      stream.end(JSON.stringify(value));
    };
  const bundle =
    (bytes: Uint8Array, count = '1'): Answer =>
    (stream) => {
      stream.respond({ ':status': 200, 'airlock-commits': count });
      stream.end(bytes);
    };
  const kept = () => readdirSync(join(dir, 'session')).filter((name) => name.startsWith('commits'));
  const unknown = 'f'.repeat(40);

  it('is believed as far as a bundle of one HEAD goes', async () => {
    agent.git('commit', '-q', '--allow-empty', '-m', 'second');
    const head = agent.git('rev-parse', 'HEAD');
    let asked = 0;
    const capture = await open({
      '/head': json({ head }),
      '/bundle': (stream) => {
        asked += 1;
        bundle(agent.bundle('HEAD', '--not', first))(stream);
      },
    });
    await capture();
    await capture();
    assert.equal(asked, 1);
    assert.equal((await loadCommits(join(dir, 'session')))?.tip, head);
    assert.deepEqual(told.length, 1);
  });

  it('is not asked further when the user has the commit', async () => {
    const capture = await open({ '/head': json({ head: first }) });
    await capture();
    assert.deepEqual([kept(), told], [[], []]);
  });

  for (const [name, answer] of [
    ['no id', json({ head: '--all' })],
    ['an id of another length', json({ head: unknown.slice(1) })],
    ['no JSON', (stream: http2.ServerHttp2Stream) => bundle(Buffer.from('x'))(stream)],
    [
      'an error',
      (stream: http2.ServerHttp2Stream) => stream.respond({ ':status': 500 }, { endStream: true }),
    ],
    ['an end', (stream: http2.ServerHttp2Stream) => stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR)],
  ] as const) {
    it(`is left alone when its HEAD is ${name}`, async () => {
      const capture = await open({ '/head': answer });
      await capture();
      assert.deepEqual([kept(), told], [[], []]);
    });
  }

  const bad: readonly [string, Answer, RegExp][] = [
    ['no bundle', bundle(Buffer.from('hello\n\n')), /it is no git bundle/],
    ['no count', bundle(Buffer.alloc(0), ''), /not the agreed form/],
    ['a count that is none', bundle(Buffer.alloc(0), '1e9'), /not the agreed form/],
    [
      'a bundle that breaks off',
      (stream) => {
        stream.respond({ ':status': 200, 'airlock-commits': '1' });
        stream.write('# v2 git bundle\n', () => stream.destroy(new Error('broken')));
      },
      /could not be kept/,
    ],
    [
      'more than it may send',
      (stream) => {
        stream.respond({ ':status': 200, 'airlock-commits': '1' });
        const chunk = Buffer.alloc(1024 * 1024);
        let sent = 0;
        const more = () => {
          if (stream.destroyed || sent > limits.bundleBytes) return;
          sent += chunk.length;
          stream.write(chunk, more);
        };
        more();
      },
      /larger than 64 MiB/,
    ],
  ];
  for (const [name, answer, reason] of bad) {
    it(`is told of, and nothing is kept, when it sends ${name}`, async () => {
      const capture = await open({ '/head': json({ head: unknown }), '/bundle': answer });
      await capture();
      assert.deepEqual(kept(), []);
      assert.match(told.join(), reason);
    });
  }

  it('is waited for no longer than the end of the session allows', async () => {
    const stopped = new AbortController();
    const capture = await open(
      {
        '/head': json({ head: unknown }),
        '/bundle': (stream) => {
          stream.respond({ ':status': 200, 'airlock-commits': '1' });
          stopped.abort();
        },
      },
      stopped.signal,
    );
    await capture();
    assert.deepEqual(kept(), []);
  });
});

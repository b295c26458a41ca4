import assert from 'node:assert/strict';
import {
  appendFile,
  mkdir,
  mkdtemp,
  open,
  readFile,
  rm,
  stat,
  symlink,
  truncate,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAuditLog } from '../../../src/audit/audit-log.js';
import type { AuditRecord } from '../../../src/audit/records.js';
import { verifyAuditLog } from '../../../src/audit/verify.js';

const start: AuditRecord = {
  kind: 'session-start',
  sessionId: 's',
  workspace: '/w',
  agent: 'builtin',
  provider: 'anthropic',
  model: 'm',
  strategy: 'overlay',
  image: 'i',
  engine: 'e',
  preset: 'developer',
  policySha256: 'a'.repeat(64),
};
const end: AuditRecord = { kind: 'session-end', outcome: 'completed', ms: 5 };
const notice = (text: string): AuditRecord => ({ kind: 'notice', level: 'info', text });
const applied: AuditRecord = {
  kind: 'change-decision',
  path: 'a',
  decision: 'applied',
  sha256: 'b'.repeat(64),
};

describe('audit log', () => {
  let dir: string;
  let file: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'airlock-audit-'));
    file = join(dir, 'audit.jsonl');
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  const lines = async () => (await readFile(file, 'utf8')).split('\n').slice(0, -1);
  const rewrite = (all: string[]) => writeFile(file, all.map((line) => `${line}\n`).join(''));

  async function writeSession(): Promise<void> {
    const log = await openAuditLog(file, { clock: () => 0 });
    for (const record of [start, notice('one'), notice('two'), applied, end]) log.append(record);
    await log.close();
  }

  it('chains the lines and keeps them private', async () => {
    await writeSession();
    const found = await verifyAuditLog(file);
    assert.ok(found.kind === 'intact' && found.ended && found.lines === 5, JSON.stringify(found));
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    assert.equal((await stat(`${file}.head`)).mode & 0o777, 0o600);
    const [first] = await lines();
    assert.deepEqual(Object.keys(JSON.parse(first ?? '')).slice(0, 4), ['seq', 'time', 'prev', 'kind']);
    assert.equal(JSON.parse(first ?? '').time, '1970-01-01T00:00:00.000Z');
  });

  const tampering: [string, (all: string[]) => string[]][] = [
    ['an edited line', (all) => all.map((line) => line.replace('"one"', '"ONE"'))],
    ['an edit that only changes white space', (all) => all.map((line) => line.replace('"one"', ' "one"'))],
    ['an edited last line', (all) => all.map((line) => line.replace('completed', 'cancelled'))],
    ['a removed line', (all) => all.toSpliced(1, 1)],
    ['a removed first line', (all) => all.slice(1)],
    ['two lines in another order', (all) => all.toSpliced(1, 2, all[2] ?? '', all[1] ?? '')],
    ['a repeated line', (all) => all.toSpliced(1, 0, all[1] ?? '')],
    ['an inserted line', (all) => all.toSpliced(1, 0, '{"kind":"notice","level":"info","text":"x"}')],
    ['an empty line', (all) => all.toSpliced(1, 0, '')],
    ['a cut end', (all) => all.slice(0, -1)],
    ['a cut end that leaves nothing', () => []],
    ['an unknown kind', (all) => [...all.slice(0, -1), (all.at(-1) ?? '').replace('session-end', 'else')]],
  ];
  for (const [name, change] of tampering) {
    it(`finds ${name}`, async () => {
      await writeSession();
      await rewrite(change(await lines()));
      assert.equal((await verifyAuditLog(file)).kind, 'broken');
    });
  }

  it('finds a half last line, a missing head and a damaged head', async () => {
    await writeSession();
    await truncate(file, (await stat(file)).size - 1);
    assert.equal((await verifyAuditLog(file)).kind, 'broken');
    await appendFile(file, '\n');
    assert.equal((await verifyAuditLog(file)).kind, 'intact');
    await writeFile(`${file}.head`, '{}');
    assert.equal((await verifyAuditLog(file)).kind, 'broken');
    await unlink(`${file}.head`);
    assert.equal((await verifyAuditLog(file)).kind, 'broken');
  });

  it('goes on with an existing log', async () => {
    await writeSession();
    const log = await openAuditLog(file);
    log.append(applied);
    await log.close();
    const found = await verifyAuditLog(file);
    assert.ok(found.kind === 'intact' && found.lines === 6);
  });

  it('goes on after a torn write, and says so', async () => {
    const crashed = await openAuditLog(file);
    crashed.append(start);
    await crashed.flush();
    await appendFile(file, '{"seq":1,"ti');
    const log = await openAuditLog(file);
    log.append(end);
    await log.close();
    assert.equal((await verifyAuditLog(file)).kind, 'intact');
    assert.match((await lines())[1] ?? '', /torn last line of 12 bytes/);
    await crashed.close();
  });

  it('does not heal a log that was cut before it went on', async () => {
    await writeSession();
    await rewrite((await lines()).slice(0, 2));
    const log = await openAuditLog(file);
    log.append(notice('later'));
    await log.close();
    const found = await verifyAuditLog(file);
    assert.ok(found.kind === 'broken');
    assert.match(found.reason, /damage was found earlier: .*cut off: 5 lines were written, 2 are left/);
  });

  it('keeps the order of appends made at once', async () => {
    const log = await openAuditLog(file);
    for (let round = 0; round < 20; round += 1) {
      for (let n = 0; n < 100; n += 1) log.append(notice(String(round * 100 + n)));
      if (round % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
      if (round % 5 === 0) log.append(applied);
    }
    await log.flush();
    const texts = (await lines()).map((line) => JSON.parse(line)).filter(({ kind }) => kind === 'notice');
    assert.deepEqual(
      texts.map(({ text }) => text),
      Array.from({ length: 2000 }, (_, n) => String(n)),
    );
    await log.close();
    assert.equal((await verifyAuditLog(file)).kind, 'intact');
  });

  it('bounds texts, makes them visible and takes secrets out', async () => {
    const secrets = [
      'sk-ant-REDACTED',
      'ghp_abcdefghijklmnopqrstuvwxyz0123456789',
      'AKIAABCDEFGHIJKLMNOP',
      'https://user:hunter22@host.test/x',
      '-----BEGIN RSA PRIVATE KEY-----\nMIIEabc\n-----END RSA PRIVATE KEY-----',
      'Authorization: Bearer abcdefghijkl',
    ];
    const log = await openAuditLog(file);
    log.append(notice(secrets.join(' ')));
    log.append(notice('x'.repeat(10_000_000)));
    log.append(notice('a\u202eb\u0000c\u001b[31m\ud800'));
    log.append(notice(`${'y'.repeat(4090)} ${secrets[0]}`));
    log.append(end);
    await log.close();
    const [redacted = '', long = '', visible = '', straddling = ''] = await lines();
    for (const part of ['AbCdEf', 'abcdefghijklmnop', 'ABCDEFGHIJ', 'hunter22', 'MIIE', 'abcdefghijkl']) {
      assert.ok(!redacted.includes(part), part);
    }
    assert.match(redacted, /user:\[redacted\]@host\.test/);
    assert.ok(long.length < 5000);
    assert.match(JSON.parse(long).text, /^x{4096}… \(9995904 more\)$/);
    assert.ok(JSON.parse(visible).text.startsWith('a\\u{202e}b\\u{0}c\\u{1b}[31m'));
    assert.ok(!straddling.includes('sk-ant-'), straddling.slice(-80));
    assert.equal((await verifyAuditLog(file)).kind, 'intact');
  });

  it('reports a failing write once, and no flush after it resolves', async () => {
    const failures: unknown[] = [];
    const log = await openAuditLog(file, { onError: (error) => failures.push(error) });
    await mkdir(`${file}.head.tmp`);
    for (let n = 0; n < 5; n += 1) {
      log.append(applied);
      await assert.rejects(log.flush(), /EISDIR/);
    }
    await log.close();
    assert.equal(failures.length, 1);
    assert.match(String(failures[0]), /EISDIR/);
    assert.equal((await lines()).length, 1);
  });

  it('refuses a link and what is no regular file, and leaves them as they are', async () => {
    const target = join(dir, 'target');
    await writeFile(target, 'x', { mode: 0o644 });
    await symlink(target, file);
    await assert.rejects(openAuditLog(file), /ELOOP/);
    assert.equal(await readFile(target, 'utf8'), 'x');
    await assert.rejects(openAuditLog(dir), /EISDIR/);
  });

  it('drops what comes after close, and closes once', async () => {
    const log = await openAuditLog(file);
    log.append(start);
    await Promise.all([log.close(), log.close()]);
    log.append(end);
    await log.close();
    assert.equal((await lines()).length, 1);
  });

  it('rejects a line without end instead of reading it into memory', async () => {
    const handle = await open(file, 'w');
    for (let n = 0; n < 6; n += 1) await handle.write('z'.repeat(1024 * 1024));
    await handle.close();
    const found = await verifyAuditLog(file);
    assert.ok(found.kind === 'broken' && /too long/.test(found.reason));
  });
});

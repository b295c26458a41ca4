import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAuditLog } from '../../../src/audit/audit-log.js';
import { type ChainPlace, chainStart, checkEnd, followChain } from '../../../src/audit/chain-check.js';
import { type HeadRead, readHead } from '../../../src/audit/log-head.js';
import type { AuditRecord } from '../../../src/audit/records.js';
import { verifyAuditLog } from '../../../src/audit/verify.js';

const RECORDS = 1000;

function recordOf(index: number): AuditRecord {
  if (index === RECORDS - 1) return { kind: 'session-end', outcome: 'completed', ms: index };
  if (index % 3 === 0)
    return {
      ...{ kind: 'tool', callId: `t${index}`, tool: 'run_command', summary: `npm test ${index}` },
      ...{ decision: 'allow', rule: 'npm.test', reason: 'allowed' },
    };
  if (index % 3 === 1)
    return { kind: 'change-decision', path: `src/${index}.ts`, decision: 'applied', sha256: 'a'.repeat(64) };
  return { kind: 'notice', level: 'info', text: `notice ${index}` };
}

describe('an audit log of a thousand records that somebody changed', function () {
  this.timeout(180_000);
  let dir: string;
  let file: string;
  let head: HeadRead;
  let lines: Buffer[];
  /** The places before each line, and the one behind the last. */
  let places: ChainPlace[];

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'airlock-tampering-'));
    file = join(dir, 'audit.jsonl');
    const log = await openAuditLog(file, { clock: () => 0 });
    for (let index = 0; index < RECORDS; index += 1) log.append(recordOf(index));
    await log.close();
    head = await readHead(file);
    const text = await readFile(file, 'latin1');
    lines = text
      .split('\n')
      .slice(0, -1)
      .map((line) => Buffer.from(line, 'latin1'));
    assert.equal(lines.length, RECORDS);
    places = [chainStart];
    for (const line of lines) {
      const step = followChain(places.at(-1) ?? chainStart, line, head);
      assert.ok(step.kind === 'follows');
      places.push(step.place);
    }
  });
  after(() => rm(dir, { recursive: true, force: true }));

  /** Whether the verifier stops, when it reads on from a place that it has come to over untouched lines. */
  function isFound(from: number, rest: readonly Buffer[]): boolean {
    let place = places[from] ?? chainStart;
    for (const line of rest) {
      const step = followChain(place, line, head);
      if (step.kind === 'broken') return true;
      place = step.place;
    }
    return rest.length < 2 && checkEnd(place, head) !== undefined;
  }

  it('is intact before that, and as a file: the head is what the end is measured by', async () => {
    assert.equal((await verifyAuditLog(file)).kind, 'intact');
    await writeFile(file, Buffer.concat(lines.slice(0, -1).flatMap((line) => [line, Buffer.from('\n')])));
    assert.equal((await verifyAuditLog(file)).kind, 'broken');
  });

  it('is found out at every single byte', () => {
    let changes = 0;
    lines.forEach((line, index) => {
      // The next line holds the hash of this one, and the head that of the last.
      const next = lines[index + 1];
      for (let at = 0; at < line.length; at += 1) {
        const changed = Buffer.from(line);
        changed[at] = (line[at] ?? 0) ^ 1;
        const rest = next === undefined ? [changed] : [changed, next];
        assert.ok(isFound(index, rest), `byte ${at} of line ${index + 1}`);
        changes += 1;
      }
    });
    // A newline that is another character joins two lines.
    for (let index = 0; index < RECORDS - 1; index += 1) {
      const joined = Buffer.concat([
        lines[index] ?? Buffer.of(),
        Buffer.from('x'),
        lines[index + 1] ?? Buffer.of(),
      ]);
      assert.ok(isFound(index, [joined]));
      changes += 1;
    }
    console.log(`      audit: ${changes} single-byte changes, all found`);
  });

  it('is found out by every line that is missing, doubled or in another place, and every cut', () => {
    let [deletions, copies, swaps, cuts] = [0, 0, 0, 0];
    for (let index = 0; index < RECORDS; index += 1) {
      const line = lines[index] ?? Buffer.of();
      const next = lines[index + 1];
      if (next !== undefined) {
        assert.ok(isFound(index, [next]), `line ${index + 1} removed`);
        deletions += 1;
        assert.ok(isFound(index, [next, line]), `lines ${index + 1} and ${index + 2} swapped`);
        swaps += 1;
      }
      assert.ok(isFound(index, [line, line]), `line ${index + 1} doubled`);
      copies += 1;
      assert.ok(checkEnd(places[index] ?? chainStart, head) !== undefined, `cut before line ${index + 1}`);
      assert.ok(isFound(index, [line.subarray(0, line.length - 1)]), `cut inside line ${index + 1}`);
      cuts += 2;
    }
    console.log(
      `      audit: ${deletions} deletions, ${swaps} swaps, ${copies} copies, ${cuts} cuts, all found`,
    );
  });
});

import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readAuditRecords } from '../../audit/read-records.js';
import { verifyAuditLog } from '../../audit/verify.js';
import { UseCollector } from '../../policy/policy-use.js';
import { printReview, renderReview } from '../../policy/render-review.js';
import { reviewPolicy } from '../../policy/review-policy.js';
import type { ReviewOptions } from '../api.js';
import { loadUserPolicy } from '../session-policy.js';
import { ifThere } from '../stale/session-files.js';

/** Compares the policy with what the last sessions did, by their audit logs. Damaged logs are left out and counted. */
export async function reviewSessions(
  options: ReviewOptions & { readonly stateDir: string; readonly markdown: boolean },
): Promise<string> {
  const use = new UseCollector();
  let taken = 0;
  let damaged = 0;
  for (const file of await listLogs(join(options.stateDir, 'audit'))) {
    if (taken >= options.last) break;
    if (!(await isOf(file, options.workspace))) continue;
    taken += 1;
    if ((await verifyAuditLog(file)).kind === 'broken') damaged += 1;
    else await collect(file, use);
  }
  const review = reviewPolicy(loadUserPolicy(options), use.finish(), options.remembered);
  const text = options.markdown ? renderReview(review) : printReview(review);
  const logs = damaged === 1 ? '1 audit log is' : `${damaged} audit logs are`;
  return damaged === 0 ? text : `${text}\n${logs} damaged and not counted.\n`;
}

async function collect(file: string, use: UseCollector): Promise<void> {
  use.addSession();
  for await (const record of readAuditRecords(file)) {
    if (record.kind !== 'tool') continue;
    const { summary, decision, rule, commands = [] } = record;
    use.addCall({ summary, decision, rule, commands });
  }
}

async function isOf(file: string, workspace: string | undefined): Promise<boolean> {
  if (workspace === undefined) return true;
  for await (const record of readAuditRecords(file))
    if (record.kind === 'session-start') return record.workspace === workspace;
  return false;
}

/** Newest first. */
async function listLogs(dir: string): Promise<readonly string[]> {
  const names = ((await ifThere(readdir(dir))) ?? []).filter((name) => name.endsWith('.jsonl'));
  const files = await Promise.all(
    names.map(async (name) => ({ file: join(dir, name), time: (await stat(join(dir, name))).mtimeMs })),
  );
  return files.sort((a, b) => b.time - a.time).map(({ file }) => file);
}

import { escapeMarkdown } from '../base/escape-markdown.js';
import type { SelfTest } from '../session/guarantees/evaluate.js';
import type { Translate } from './translate.js';

/** A reason may hold what the container said. */
const MAX_CHARS = 500;

/** A session's self-tests as Markdown: a table for each user of its container. */
export function describeGuarantees(
  session: string,
  tests: readonly SelfTest[],
  isLive: boolean,
  t: Translate,
): string {
  const head = [`# ${t('Sandbox Guarantees')}`, escapeMarkdown(session, MAX_CHARS)];
  if (tests.length === 0) {
    const none = isLive
      ? t('The sandbox has not been tested yet. Show this again when the agent is ready.')
      : t('The session ended before its sandbox was tested.');
    return `${[...head, none].join('\n\n')}\n`;
  }
  return `${[...head, ...tests.map((test) => describeTest(test, t))].join('\n\n')}\n`;
}

function describeTest({ principal, uid, ms, results }: SelfTest, t: Translate): string {
  const who = principal === 'agent' ? t('As the agent (user {0})', uid) : t('As the tools (user {0})', uid);
  const status = {
    proven: t('proven'),
    'not-provable': t('not provable on this runtime'),
    failed: t('failed'),
  };
  const rows = results.map(
    (row) =>
      `| ${escapeMarkdown(t(row.title), MAX_CHARS)} | ${status[row.status]} | ${escapeMarkdown(row.reason, MAX_CHARS)} |`,
  );
  return [
    `## ${who}`,
    '',
    t('Tested in {0} ms, before the agent could use a tool.', Math.round(ms)),
    '',
    `| ${t('Guarantee')} | ${t('Result')} | ${t('Reason')} |`,
    '|---|---|---|',
    ...rows,
  ].join('\n');
}

import { toVisibleLine } from '../base/visible-text.js';
import type { SelfTest } from '../session/guarantees/evaluate.js';
import type { Translate } from './translate.js';

/** A session's self-tests as Markdown: a table for each user of its container. */
export function describeGuarantees(
  session: string,
  tests: readonly SelfTest[],
  isLive: boolean,
  t: Translate,
): string {
  const head = [`# ${t('Sandbox Guarantees')}`, escapeMarkdown(session)];
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
    (row) => `| ${escapeMarkdown(t(row.title))} | ${status[row.status]} | ${escapeMarkdown(row.reason)} |`,
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

/** A reason may hold what the container said. */
function escapeMarkdown(text: string): string {
  return toVisibleLine(text, 500).replace(/[\\`*_{}[\]<>()#+!|&~]/g, '\\$&');
}

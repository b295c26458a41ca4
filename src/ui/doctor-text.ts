import type { DoctorReport, Finding } from '../doctor/report.js';
import type { Translate } from './translate.js';

/** What was found, as Markdown: what needs something done first. */
export function describeReport({ findings, airlock, at }: DoctorReport, t: Translate): string {
  const worst = [...findings].sort((a, b) => RANK[a.status] - RANK[b.status]);
  const count = (status: Finding['status']) => findings.filter((finding) => finding.status === status).length;
  return [
    `# ${t('Airlock Doctor')}`,
    t(
      '{0} ok, {1} warnings, {2} failed, {3} unknown. Airlock {4}, {5}.',
      count('ok'),
      count('warn'),
      count('fail'),
      count('unknown'),
      airlock,
      at,
    ),
    t('To share this, run the command "Airlock: Copy Doctor\'s Report as JSON".'),
    ...worst.map((finding) => describeFinding(finding, t)),
    '',
  ].join('\n\n');
}

const RANK: Readonly<Record<Finding['status'], number>> = { fail: 0, warn: 1, unknown: 2, ok: 3 };

function describeFinding({ title, status, reason, fix, details = [] }: Finding, t: Translate): string {
  return [
    `## ${nameStatus(status, t)}: ${escapeMarkdown(title)}`,
    escapeMarkdown(reason),
    ...(fix === undefined ? [] : [`**${t('What to do')}:** ${escapeMarkdown(fix)}`]),
    ...(details.length === 0 ? [] : [details.map((line) => `- ${escapeMarkdown(line)}`).join('\n')]),
  ].join('\n\n');
}

function nameStatus(status: Finding['status'], t: Translate): string {
  switch (status) {
    case 'ok':
      return t('OK');
    case 'warn':
      return t('Warning');
    case 'fail':
      return t('Failed');
    case 'unknown':
      return t('Unknown');
  }
}

/** The engine's words are in the text: none of them may become a link, an image or HTML. Code stays code. */
function escapeMarkdown(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[\\`*_{}[\]<>#|!~&]/g, '\\$&')))
    .join('');
}

import { toVisibleLine } from '../base/visible-text.js';
import type { Finding, FindingKind, PolicyReview } from './review-policy.js';

const headings: Readonly<Record<FindingKind, string>> = {
  denied: 'Denials that kept recurring',
  interpreter: 'Interpreters allowed',
  broad: 'Rules broader than what was needed',
  unused: 'Rules never used',
};
const order: readonly FindingKind[] = ['denied', 'interpreter', 'broad', 'unused'];

/** A review as Markdown. What comes from the logs stands in code spans, with hidden characters made visible. */
export function renderReview(review: PolicyReview): string {
  const parts = order.flatMap((kind) => {
    const findings = review.findings.filter((finding) => finding.kind === kind);
    return findings.length === 0 ? [] : [`## ${headings[kind]}`, ...findings.map(renderFinding)];
  });
  const nothing =
    review.calls === 0 ? 'No tool was called: there is nothing to compare.' : 'Nothing stands out.';
  return `${['# Policy review', summarise(review), ...(parts.length > 0 ? parts : [nothing])].join('\n\n')}\n`;
}

/** The same for a terminal: a line for each finding and one for its edit. */
export function printReview(review: PolicyReview): string {
  const lines = order.flatMap((kind) => {
    const findings = review.findings.filter((finding) => finding.kind === kind);
    return findings.length === 0 ? [] : ['', headings[kind], ...findings.flatMap(printFinding)];
  });
  return `${[summarise(review).replaceAll('`', '"'), ...lines].join('\n')}\n`;
}

function summarise({ policy, sessions, calls }: PolicyReview): string {
  const looked = sessions === 1 ? '1 session' : `${sessions} sessions`;
  return `What the last ${looked} (${calls} tool calls) used of the policy ${code(policy)}. An edit that tightens fits into \`.airlock/policy.jsonc\`; one that loosens only into the setting \`airlock.policy\`.`;
}

function renderFinding({ what, examples, edit }: Finding): string {
  const shown = examples.length === 0 ? '' : `: ${examples.map(code).join(', ')}`;
  const advice =
    edit === undefined
      ? 'No edit is advised.'
      : `Suggested edit:\n\n  \`\`\`\`json\n${indent(JSON.stringify(edit, null, 2))}\n  \`\`\`\``;
  return `- ${escapeText(what)}${shown}\n\n  ${advice}`;
}

function printFinding({ what, examples, edit }: Finding): string[] {
  const shown =
    examples.length === 0 ? '' : `: ${examples.map((text) => toVisibleLine(text, 120)).join(', ')}`;
  return [`- ${toVisibleLine(what)}${shown}`, ...(edit === undefined ? [] : [`    ${JSON.stringify(edit)}`])];
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}

/** A code span that its content cannot end. */
function code(text: string): string {
  const visible = toVisibleLine(text, 200);
  const longest = Math.max(0, ...(visible.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 || visible === '' ? ' ' : '';
  return `${fence}${pad}${visible}${pad}${fence}`;
}

function escapeText(text: string): string {
  return toVisibleLine(text).replace(/[\\`*_[\]<>#!&]/g, '\\$&');
}

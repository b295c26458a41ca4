import { toVisibleLine } from '../base/visible-text.js';
import type { PolicyFragment } from './policy-fragment.js';
import type { Finding, FindingKind, PolicyReview } from './review-policy.js';

const headings: Readonly<Record<FindingKind, string>> = {
  denied: 'Denials that kept recurring',
  interpreter: 'Interpreters allowed',
  broad: 'Rules broader than what was needed',
  unused: 'Rules never used',
  remembered: 'Always allowed in this workspace',
};
const adviceWithoutEdit: Partial<Record<FindingKind, string>> = {
  remembered: 'The command *Airlock: Forget a Remembered Approval* takes a rule back.',
};
const SWITCHED_OFF = /: false,?$/;
const EDIT_COLUMNS = 90;
const order: readonly FindingKind[] = ['denied', 'remembered', 'interpreter', 'broad', 'unused'];

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

function renderFinding({ kind, what, examples, edit }: Finding): string {
  const shown = examples.length === 0 ? '' : `: ${examples.map(code).join(', ')}`;
  const advice =
    edit === undefined
      ? (adviceWithoutEdit[kind] ?? 'No edit is advised.')
      : `Suggested edit:\n\n  \`\`\`\`json\n${indent(formatEdit(edit))}\n  \`\`\`\``;
  return `- ${escapeText(what)}${shown}\n\n  ${advice}`;
}

function printFinding({ what, examples, edit }: Finding): string[] {
  const shown =
    examples.length === 0 ? '' : `: ${examples.map((text) => toVisibleLine(text, 120)).join(', ')}`;
  return [`- ${toVisibleLine(what)}${shown}`, ...(edit === undefined ? [] : [`    ${JSON.stringify(edit)}`])];
}

/** JSON, with the programs that are only switched off side by side. */
function formatEdit(edit: PolicyFragment): string {
  const lines: string[] = [];
  for (const line of JSON.stringify(edit, null, 2).split('\n')) {
    const last = lines.at(-1) ?? '';
    const joined = `${last} ${line.trim()}`;
    const joins = SWITCHED_OFF.test(last) && SWITCHED_OFF.test(line) && joined.length <= EDIT_COLUMNS;
    if (joins) lines.splice(-1, 1, joined);
    else lines.push(line);
  }
  return lines.join('\n');
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

import { toVisibleLine } from '../../base/visible-text.js';
import type { ApprovedFile } from '../../session/api.js';

/** As git's own documentation asks of a first line, characters. */
export const MAX_SUBJECT = 72;
const MAX_LISTED = 20;

/** What the message says besides its first line. */
export interface CommitFacts {
  readonly sessionId: string;
  /** The agent's name, where it is known. */
  readonly agent: string | undefined;
  readonly files: readonly Pick<ApprovedFile, 'path' | 'kind'>[];
}

/** A first line from what the user asked for. */
export function suggestSubject(prompt: string): string {
  const line = prompt.split(/[\r\n]+/).find((text) => text.trim() !== '') ?? '';
  // A line that begins with `#` is a comment to git, where the user has it so.
  const plain = line
    .replace(/\s+/g, ' ')
    .replace(/^[#\s]+/, '')
    .trim();
  return cutLine(toVisibleLine(plain, 500)) || 'Apply the changes of an agent session';
}

/** The user's first line, the files in short, and the trailers as git-interpret-trailers(1) reads them. */
export function composeMessage(subject: string, { sessionId, agent, files }: CommitFacts): string {
  const listed = files
    .slice(0, MAX_LISTED)
    .map(({ path, kind }) => `- ${verbs[kind]} ${toVisibleLine(path, 200)}`);
  const rest = files.length - listed.length;
  const trailers = [
    ...(agent === undefined ? [] : [`Agent: ${toVisibleLine(agent, 100)}`]),
    `Airlock-Session: ${sessionId}`,
  ];
  const body = [...listed, ...(rest > 0 ? [`- and ${rest} more`] : [])];
  return `${[subject, body.join('\n'), trailers.join('\n')].join('\n\n')}\n`;
}

const verbs: Readonly<Record<ApprovedFile['kind'], string>> = {
  added: 'Add',
  changed: 'Change',
  removed: 'Remove',
};

/** Between two words, where that keeps most of it. */
function cutLine(text: string): string {
  if (text.length <= MAX_SUBJECT) return text;
  const cut = text.slice(0, MAX_SUBJECT - 1);
  // Not in the middle of a pair.
  const whole = /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
  const space = text[whole.length] === ' ' ? whole.length : whole.lastIndexOf(' ');
  return `${(space > MAX_SUBJECT / 2 ? whole.slice(0, space) : whole).trimEnd()}…`;
}

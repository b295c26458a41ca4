import { toVisibleLine } from '../../base/visible-text.js';
import type { AddedLine } from './content/content.js';
import type { Risk } from './risk.js';

/** The kinds of secrets that a text seems to hold, such as `GITHUB_TOKEN`. */
export type FindSecrets = (text: string) => Promise<readonly string[]>;

const MAX_NAMED = 3;

/** Secrets in added lines: in the workspace they would be committed and pushed. On doubt there is one. */
export async function secretRisk(
  added: readonly AddedLine[],
  findSecrets: FindSecrets,
): Promise<Risk | undefined> {
  if (added.length === 0) return undefined;
  const kinds = await findSecrets(added.map(({ text }) => text).join('\n')).catch(() => undefined);
  if (kinds === undefined) return toRisk('it could not be searched for secrets');
  if (kinds.length === 0) return undefined;
  const named = [...new Set(kinds)].slice(0, MAX_NAMED).map((kind) => toVisibleLine(kind, 60));
  return toRisk(`it holds what looks like a secret (${named.join(', ')})`);
}

function toRisk(reason: string): Risk {
  return { rule: 'secrets', reason };
}

import type { Change } from '../changes.js';
import type { Risk } from './risk.js';

const FOLDER = '.airlock';

/** The workspace's own policy. At any depth: a nested folder may be opened as a workspace one day. */
export function airlockSettings({ path }: Change): Risk | undefined {
  const isOurs = path.split('/').some((name) => foldName(name) === FOLDER);
  if (!isOurs) return undefined;
  return { rule: 'airlock-settings', reason: 'it decides what later agent sessions may do here' };
}

/** As file systems that ignore case or Unicode form compare names; characters without a width are left out. */
function foldName(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .toLowerCase();
}

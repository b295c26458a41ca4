import { selfTestAttempts } from '../../protocol/self-test.js';
import { failed, type Guarantee, notProvable, proven } from './guarantee.js';
import { readMounts } from './read-facts.js';

const DENIED = ['EROFS', 'EACCES', 'EPERM', 'ENOENT'];

/** The system's files cannot be changed: the root is mounted read-only, and writes are refused. */
export const readOnlyRoot: Guarantee = {
  id: 'read-only-root',
  title: 'Read-only system',
  check(facts) {
    for (const path of [...selfTestAttempts.folders, ...selfTestAttempts.settings]) {
      const outcome = facts.attempts[path] ?? 'not tried';
      if (!DENIED.includes(outcome)) return failed(`writing to ${path}: ${outcome}`);
    }
    const root = readMounts(facts)?.findLast(({ target }) => target === '/');
    if (root === undefined) return notProvable('the runtime does not show how the root is mounted');
    return root.options.includes('ro')
      ? proven('the root is mounted read-only, and writes are refused')
      : failed('the root is mounted writable');
  },
};

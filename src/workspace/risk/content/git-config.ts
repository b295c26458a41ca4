import type { ContentRule } from './content.js';

/** A file `config` in the form of git's, AWS's or ssh's configuration: beside a HEAD git takes it for the repository's. */
export const gitConfig: ContentRule = {
  rule: 'git-config',
  judge: ({ name, added, change, after }) => {
    if (name !== 'config' || change.after.kind === 'absent') return undefined;
    const lines = (after ?? '').split('\n');
    const isConfig = lines.some((line) => /^\s*\[|^\s*(?:host|match|include)\s/i.test(line));
    if (after !== undefined && !isConfig) return undefined;
    const [first] = added;
    const reason = 'it has the form of a configuration that names programs, as that of a repository';
    return { reason, ...(first === undefined ? {} : { line: first.at }) };
  },
};

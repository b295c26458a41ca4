const sections: Readonly<Record<string, readonly string[]>> = {
  core: [
    'autocrlf',
    'bare',
    'eol',
    'filemode',
    'ignorecase',
    'logallrefupdates',
    'precomposeunicode',
    'repositoryformatversion',
    'safecrlf',
    'symlinks',
  ],
  user: ['email', 'name'],
  init: ['defaultbranch'],
  pull: ['ff', 'rebase'],
  push: ['autosetupremote', 'default'],
  remote: ['fetch', 'gh-resolved', 'pushurl', 'url'],
  branch: ['gh-merge-base', 'github-pr-owner-number', 'merge', 'rebase', 'remote', 'vscode-merge-base'],
  submodule: ['active', 'url'],
};

const HEADER = /^\[([a-z]+)(?: "[\w./@+-]+")?\]$/;
const SETTING = /^[ \t]+([A-Za-z][A-Za-z-]*) = [^"\\#;\p{Cc}]*$/u;

/**
 * True for a configuration file as git itself writes it, with nothing but settings that start nothing and lead
 * nowhere. There is one way to read such lines; every other file is read by git, see `harmful-settings.ts`.
 */
export function isPlainConfig(text: string): boolean {
  let keys: readonly string[] = [];
  return text.split('\n').every((line) => {
    if (line === '') return true;
    const section = HEADER.exec(line)?.[1];
    if (section !== undefined) {
      keys = Object.hasOwn(sections, section) ? (sections[section] ?? []) : [];
      return keys.length > 0;
    }
    const key = SETTING.exec(line)?.[1];
    return key !== undefined && keys.includes(key.toLowerCase());
  });
}

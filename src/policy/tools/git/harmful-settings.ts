/**
 * Settings of git-config(1), version 2.39, that name a program or lead out of the work tree and whose own name is the
 * repository's choice (`filter.NAME.clean`), so that `gitEnvironment` cannot list them. What git reads last counts:
 * the same name with a harmless value, put behind the repository's configuration, takes its place.
 */

/** One line of what git tells of a repository's configuration. */
export interface GitSetting {
  /** Section and key are lower case, as git gives them; what stands between is as it was written. */
  readonly name: string;
  readonly value: string;
}

export type SettingJudgement =
  | { readonly kind: 'harmless' }
  | { readonly kind: 'replaced'; readonly value: string }
  /** Harmless as long as the path it names stays in the workspace; undefined: nothing can take its place. */
  | { readonly kind: 'path'; readonly otherwise: string | undefined }
  /** Another file of settings, which git reads in any case: it must stay in the workspace. */
  | { readonly kind: 'include' }
  | { readonly kind: 'refused'; readonly reason: string };

/** What a sub-command does to the repository it finds: `changed` may move HEAD and take up what was left half done. */
export type RepositoryUse = 'read' | 'changed';

/**
 * The three-way merge that git does itself where no driver is defined. A driver cannot be taken back, an empty one
 * would silently keep one side, and `false` would leave a conflict without its other side.
 */
const plainMerge = 'git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B';

type Rule = readonly [pattern: RegExp, judgement: SettingJudgement];

const empty: SettingJudgement = { kind: 'replaced', value: '' };
const no: SettingJudgement = { kind: 'replaced', value: 'false' };
const path: SettingJudgement = { kind: 'path', otherwise: '' };

const rules: readonly Rule[] = [
  [/^filter\..*\.(?:clean|smudge|process)$/s, empty],
  // Without its program a required filter would make every file fail.
  [/^filter\..*\.required$/s, no],
  // The patches that we allow ignore both; a sub-command that did not would fail, and start nothing.
  [/^diff\..*\.(?:command|textconv)$/s, empty],
  [/^diff\..*\.cachetextconv$/s, no],
  [/^merge\..*\.driver$/s, { kind: 'replaced', value: plainMerge }],
  [/^pager\./s, no],
  [/^credential\.(?:.*\.)?helper$/s, empty],
  [/^gpg\..*program$/s, no],
  [/^submodule\..*\.update$/s, { kind: 'replaced', value: 'none' }],
  // Merging takes further options from here, also the name of a file to read.
  [/^branch\..*\.mergeoptions$/s, empty],
  // Of helpers that no allowed sub-command has, or that another version of git may bring (`hook.NAME.command`).
  [/^[a-z]+\..*\.(?:command|cmd|program)$/s, empty],
  [/^(?:browser|difftool|man|mergetool)\..*\.path$/s, empty],
  [/^include\.path$|^includeif\..*\.path$/s, { kind: 'include' }],
  [/^core\.(?:attributesfile|excludesfile)$/, path],
  [/^(?:commit\.template|diff\.orderfile|mailmap\.file)$/, path],
  // Of these git reads every file that is given, not the last alone.
  [/^(?:blame\.ignorerevsfile|fsck\.skiplist)$/, { kind: 'path', otherwise: undefined }],
  [/^(?:format\.signaturefile|gpg\.ssh\.(?:allowedsignersfile|revocationfile))$/, path],
];

const changing: readonly Rule[] = [
  // `git merge-NAME` is looked up as an alias too, and a rebase that was left half done names its strategy.
  [/^alias\./s, empty],
  [
    /^includeif\.onbranch:.*\.path$/s,
    { kind: 'refused', reason: 'other settings would hold as soon as the branch changes' },
  ],
];

/** What becomes of a setting of the repository's own before git may start. */
export function judgeSetting({ name, value }: GitSetting, use: RepositoryUse): SettingJudgement {
  if (/^submodule\..*\.ignore$/s.test(name)) return judgeIgnore(value);
  const listed = use === 'changed' ? [...changing, ...rules] : rules;
  const judgement = listed.find(([pattern]) => pattern.test(name))?.[1] ?? { kind: 'harmless' };
  // The name would not reach git as it is.
  if (judgement.kind === 'replaced' && name.includes('\uFFFD'))
    return { kind: 'refused', reason: 'its name is no UTF-8 text' };
  return judgement;
}

/** Otherwise git starts itself in the submodule, under the submodule's own configuration. */
function judgeIgnore(value: string): SettingJudgement {
  return value === 'all' || value === 'dirty' ? { kind: 'harmless' } : { kind: 'replaced', value: 'dirty' };
}

import type { ToolTable } from '../tool-table.js';
import { branch, tag } from './git/branch.js';
import { checkout, reset, restore, switchBranch } from './git/checkout.js';
import { cherryPick, commit, merge, revert } from './git/commit.js';
import { diff, diffFiles, diffIndex, diffTree } from './git/diff.js';
import { gitEnvironment } from './git/environment.js';
import { add, apply, archive, clean, init, move, remove } from './git/files.js';
import {
  cherry,
  formatPatch,
  help,
  log,
  notes,
  rangeDiff,
  reflog,
  revList,
  shortlog,
  show,
} from './git/log.js';
import { catFile, countObjects, fsck, hashObject, lsFiles, lsTree } from './git/objects.js';
import { rebase } from './git/rebase.js';
import {
  describe,
  forEachRef,
  mergeBase,
  nameRev,
  revParse,
  showRef,
  symbolicRef,
} from './git/references.js';
import { blame, checkAttr, checkIgnore, grep } from './git/search.js';
import { config, remote, status, variable, version, worktree } from './git/settings.js';
import { stash } from './git/stash.js';

/**
 * git(1), version 2.39, as far as it needs no network, no helper program and no other repository. `bisect` and
 * `submodule` are missing too: their scripts start git again, without our environment.
 */
export const git: ToolTable = {
  summary: 'Local version control.',
  leadingOptions: {
    '-P, --no-pager': 'none',
    '--no-optional-locks': 'none',
    '--literal-pathspecs': 'none',
    '--version': 'none',
    // A setting can name a program, and so can the settings of another repository.
    '-c': {
      takes: 'text',
      pattern:
        /^(?:color\.[a-z]+=(?:always|never|auto|true|false)|core\.quote[pP]ath=(?:on|off|true|false)|core\.pager=cat|user\.(?:name|email)=[^\n]*)$/,
    },
    '--config-env': 'denied=',
    '-C': 'denied=',
    '--git-dir': 'denied=',
    '--work-tree': 'denied=',
    '--exec-path': 'denied?',
    '-p, --paginate': 'denied',
    // With a sub-command it starts a viewer for manuals.
    '-h, --help': 'denied',
  },
  usesRepository: true,
  // git itself does not shorten these.
  abbreviations: false,
  subcommands: {
    add,
    apply,
    archive,
    blame,
    branch,
    'cat-file': catFile,
    'check-attr': checkAttr,
    'check-ignore': checkIgnore,
    checkout,
    cherry,
    'cherry-pick': cherryPick,
    clean,
    commit,
    config,
    'count-objects': countObjects,
    describe,
    diff,
    'diff-files': diffFiles,
    'diff-index': diffIndex,
    'diff-tree': diffTree,
    'for-each-ref': forEachRef,
    'format-patch': formatPatch,
    fsck,
    grep,
    'hash-object': hashObject,
    help,
    init,
    log,
    'ls-files': lsFiles,
    'ls-tree': lsTree,
    merge,
    'merge-base': mergeBase,
    mv: move,
    'name-rev': nameRev,
    notes,
    'range-diff': rangeDiff,
    rebase,
    reflog,
    remote,
    reset,
    restore,
    'rev-list': revList,
    'rev-parse': revParse,
    revert,
    rm: remove,
    shortlog,
    show,
    'show-ref': showRef,
    stash,
    status,
    switch: switchBranch,
    'symbolic-ref': symbolicRef,
    tag,
    var: variable,
    version,
    worktree,
  },
  environment: {
    ...gitEnvironment,
    // Looking does not refresh the index on disk.
    GIT_OPTIONAL_LOCKS: '0',
    GIT_AUTHOR_NAME: 'Airlock Agent',
    GIT_AUTHOR_EMAIL: 'agent@airlock.invalid',
    GIT_COMMITTER_NAME: 'Airlock Agent',
    GIT_COMMITTER_EMAIL: 'agent@airlock.invalid',
  },
};

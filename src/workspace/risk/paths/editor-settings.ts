import type { PathRule } from '../path-rule.js';

/** Settings, tasks and launch configurations of editors: they name programs that start on opening or on a key. */
export const editorSettings: PathRule = {
  rule: 'editor-settings',
  reason: 'it steers an editor, which can start programs by it when the folder is opened',
  names: [
    '.clangd',
    '.classpath',
    '.dir-locals.el',
    '.dir-locals-2.el',
    '.exrc',
    '.factorypath',
    '.gvimrc',
    '.ideavimrc',
    '.lvimrc',
    '.nvim.lua',
    '.nvimrc',
    '.project',
    '.projectile',
    '.vimrc',
    '_vimrc',
    'session.vim',
  ],
  places: [
    '.fleet',
    '.helix',
    '.idea',
    '.nova',
    '.run',
    '.settings',
    '.theia',
    '.vs',
    '.vscode',
    '.vscode-server',
    '.zed',
    'nbproject',
  ],
  pattern:
    /\.(?:code-workspace|code-profile|iml|ipr|iws|sublime-project|sublime-workspace|sublime-build|suo|xcscheme)$/,
};

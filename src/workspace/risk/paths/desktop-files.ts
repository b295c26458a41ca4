import type { PathRule } from '../path-rule.js';

/** What a file manager obeys when a folder is looked at or a file is double-clicked, whatever it seems to be. */
export const desktopFiles: PathRule = {
  rule: 'desktop-files',
  reason: 'a file manager obeys it when it is looked at or clicked',
  names: ['autorun.inf', 'desktop.ini', '.directory', 'folder.htt'],
  pattern:
    /\.(?:desktop|lnk|url|scf|website|webloc|inetloc|fileloc|command|terminal|scr|pif|cpl|hta|msi|msix|reg|library-ms|search-ms|searchconnector-ms|settingcontent-ms|appref-ms)$/,
};

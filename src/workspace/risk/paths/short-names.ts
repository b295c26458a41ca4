import type { PathRule } from '../path-rule.js';

/** The form of a Windows short name (8.3): there, `VSCODE~1` can be the folder `.vscode`, and `PACKAG~1.JSO` a manifest. */
export const shortNames: PathRule = {
  rule: 'short-names',
  reason: 'on Windows such a name can stand for another, protected file',
  path: /\/[^/.]{1,6}~\d{1,5}(?:\.[^/.]{0,3})?(?:\/|$)/,
};

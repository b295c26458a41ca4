import { type Row, rowRisks } from '../rows.js';
import { viewOf } from './view-of.js';

/** VS Code reads every file of such an editor at once. */
export const PAGE_SIZE = 50;

export interface OverviewPage {
  /** 1-based, of all that can be shown. */
  readonly first: number;
  readonly last: number;
  readonly rows: readonly Row[];
}

export interface Overview {
  readonly pages: readonly OverviewPage[];
  /** How many can be shown. */
  readonly total: number;
  /** What has no text to be compared. */
  readonly leftOut: number;
}

/** What the editor of all changes shows, page by page; the protected ones first. */
export function pageRows(rows: readonly Row[], size = PAGE_SIZE): Overview {
  const shown = rows.filter((row) => viewOf(row) === 'diff');
  const guarded = shown.filter((row) => rowRisks(row).length > 0);
  const ordered = [...guarded, ...shown.filter((row) => rowRisks(row).length === 0)];
  const pages: OverviewPage[] = [];
  for (let at = 0; at < ordered.length; at += size) {
    const part = ordered.slice(at, at + size);
    pages.push({ first: at + 1, last: at + part.length, rows: part });
  }
  return { pages, total: ordered.length, leftOut: rows.length - shown.length };
}

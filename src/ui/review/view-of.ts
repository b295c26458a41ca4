import { isFolder } from '../../workspace/changes.js';
import type { Row } from '../rows.js';

/** How a change is shown: as text, as a page that says what cannot be seen in text, or as a merge to be resolved. */
export type RowView = 'diff' | 'page' | 'merge';

export function viewOf({ reviewed: { change, merge } }: Pick<Row, 'reviewed'>): RowView {
  if (merge === 'marked') return 'merge';
  if (isFolder(change)) return 'page';
  switch (change.status) {
    case 'added':
    case 'modified':
    case 'deleted':
    case 'symlink':
      return change.binary ? 'page' : 'diff';
    default:
      return 'page';
  }
}

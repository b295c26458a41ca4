import * as vscode from 'vscode';
import type { Review } from '../workspace/review/review-api.js';
import { parseUriParts } from './diff-uri.js';
import { changeUri } from './review-files.js';
import type { ReviewStore } from './review-store.js';
import { type Letter, rowLetter, statusText } from './row-text.js';

/** Above this VS Code is told that all of them may have changed. */
const MAX_TOLD = 500;

/** Status letters in the tree and on the diff's tab, in the colours of source control. */
export class RowDecorations implements vscode.FileDecorationProvider, vscode.Disposable {
  readonly #store: ReviewStore;
  readonly #changed = new vscode.EventEmitter<vscode.Uri[] | undefined>();
  readonly #unsubscribe: () => void;
  /** What each path of a review was last known to have. */
  readonly #letters = new Map<string, ReadonlyMap<string, Letter>>();
  readonly onDidChangeFileDecorations = this.#changed.event;

  constructor(store: ReviewStore) {
    this.#store = store;
    this.#unsubscribe = store.onDidChange((review) => this.#tell(review));
  }

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    const address = parseUriParts(uri);
    if (address?.side !== 'after') return undefined;
    const row = this.#store.row(address.sessionId, address.path);
    if (row === undefined) return undefined;
    const letter = rowLetter(row);
    return new vscode.FileDecoration(
      letter,
      statusText(row, vscode.l10n.t),
      new vscode.ThemeColor(colourOf(letter)),
    );
  }

  dispose(): void {
    this.#unsubscribe();
    this.#changed.dispose();
  }

  /** Only of the files whose letter is another one now. */
  #tell(changed: Review | undefined): void {
    const uris: vscode.Uri[] = [];
    const reviews = this.#store.list();
    for (const review of changed === undefined ? reviews : [changed]) uris.push(...this.#compare(review));
    const known = new Set(reviews.map(({ sessionId }) => sessionId));
    for (const sessionId of this.#letters.keys()) if (!known.has(sessionId)) this.#letters.delete(sessionId);
    if (uris.length > MAX_TOLD) this.#changed.fire(undefined);
    else if (uris.length > 0) this.#changed.fire(uris);
  }

  #compare(review: Review): readonly vscode.Uri[] {
    const { sessionId } = review;
    const last = this.#letters.get(sessionId) ?? new Map<string, Letter>();
    const now = new Map<string, Letter>();
    for (const [path, row] of this.#store.index(review).byPath) now.set(path, rowLetter(row));
    this.#letters.set(sessionId, now);
    const differs = [...new Set([...last.keys(), ...now.keys()])].filter(
      (path) => last.get(path) !== now.get(path),
    );
    return differs.flatMap((path) => {
      const uri = changeUri('after', sessionId, path);
      return [uri, uri.with({ query: 'row' })];
    });
  }
}

function colourOf(letter: Letter): string {
  switch (letter) {
    case 'A':
      return 'gitDecoration.addedResourceForeground';
    case 'D':
      return 'gitDecoration.deletedResourceForeground';
    case 'R':
      return 'gitDecoration.renamedResourceForeground';
    case '!':
      return 'gitDecoration.conflictingResourceForeground';
    case 'M':
    case 'X':
    case 'L':
      return 'gitDecoration.modifiedResourceForeground';
  }
}

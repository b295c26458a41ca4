import * as vscode from 'vscode';
import { parseUriParts } from './diff-uri.js';
import type { ReviewStore } from './review-store.js';
import { type Letter, rowLetter, statusText } from './row-text.js';

/** Status letters in the tree and on the diff's tab, in the colours of source control. */
export class RowDecorations implements vscode.FileDecorationProvider, vscode.Disposable {
  readonly #store: ReviewStore;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #unsubscribe: () => void;
  readonly onDidChangeFileDecorations = this.#changed.event;

  constructor(store: ReviewStore) {
    this.#store = store;
    this.#unsubscribe = store.onDidChange(() => this.#changed.fire(undefined));
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

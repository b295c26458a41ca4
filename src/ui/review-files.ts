import * as vscode from 'vscode';
import { changeKey, type FileState, joinStates, stateKey } from '../workspace/changes.js';
import type { Review, ReviewedChange, Side } from '../workspace/review/review-api.js';
import { type ChangeAddress, parseUriParts, schemeOf, toUriParts } from './diff-uri.js';
import type { ReviewStore } from './review-store.js';

interface Served {
  readonly uri: vscode.Uri;
  state: string;
  decision: string;
  mtime: number;
  /** The state that was last read or written here. */
  shown?: string;
}

/** One side of every change as files, so that VS Code can diff the bytes (and edit the proposal). */
export class ReviewFiles implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #side: Side;
  readonly #store: ReviewStore;
  readonly #beside: ReviewFiles | undefined;
  readonly #served = new Map<string, Served>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #resolved = new vscode.EventEmitter<ChangeAddress>();
  /** Files that the user saves now; editors may save by themselves, too. */
  readonly #savedByUser = new Set<string>();
  readonly #saves: vscode.Disposable;
  readonly #unsubscribe: () => void;
  readonly onDidChangeFile = this.#changed.event;
  /** The user saved a merge without conflict markers in it. */
  readonly onDidResolveMerge = this.#resolved.event;

  /** `beside`: what a diff shows on its other side. */
  constructor(side: Side, store: ReviewStore, beside?: ReviewFiles) {
    this.#side = side;
    this.#store = store;
    this.#beside = beside;
    this.#unsubscribe = store.onDidChange(() => this.#announce());
    this.#saves = vscode.workspace.onWillSaveTextDocument(({ document, reason }) => {
      if (document.uri.scheme !== schemeOf(side)) return;
      const name = document.uri.toString();
      if (reason === vscode.TextDocumentSaveReason.Manual) this.#savedByUser.add(name);
      else this.#savedByUser.delete(name);
    });
  }

  /** `changeKey` of what an editor was last given: the bytes of this file, and those beside them where it has them. */
  shownKey(uri: vscode.Uri): string | undefined {
    const shown = this.#served.get(uri.toString())?.shown;
    const address = parseUriParts(uri);
    const review = this.#store.list().find(({ sessionId }) => sessionId === address?.sessionId);
    const entry = review?.get(address?.path ?? '');
    if (shown === undefined || address === undefined || entry === undefined) return undefined;
    const beside = this.#beside?.openState(address);
    return joinStates(address.path, beside ?? stateKey(entry.change.before), shown);
  }

  /** The state that an open document of this side was last given. */
  openState({ sessionId, path }: ChangeAddress): string | undefined {
    const uri = changeUri(this.#side, sessionId, path).toString();
    const open = vscode.workspace.textDocuments.find((document) => nameFile(document.uri) === uri);
    return open && this.#served.get(open.uri.toString())?.shown;
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    if (await this.#isFolder(uri)) return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    const { review, entry } = await this.#find(uri);
    const served = this.#remember(uri, review, entry);
    const state = this.#stateOf(entry);
    const stat = {
      type: vscode.FileType.File,
      ctime: review.createdAt,
      mtime: served.mtime,
      size: state === undefined ? (await review.read(entry.change.path, this.#side)).length : sizeOf(state),
    };
    return this.#isEditable(entry) ? stat : { ...stat, permissions: vscode.FilePermission.Readonly };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const { review, entry, path } = await this.#find(uri);
    const bytes = await review.read(path, this.#side);
    const served = this.#remember(uri, review, entry);
    served.shown = served.state;
    return bytes;
  }

  async writeFile(uri: vscode.Uri, bytes: Uint8Array): Promise<void> {
    const { review, entry, path } = await this.#find(uri);
    if (!this.#isEditable(entry)) throw vscode.FileSystemError.NoPermissions(uri);
    await review.edit(path, bytes, { isDraft: !this.#savedByUser.delete(uri.toString()) });
    const edited = review.get(path) ?? entry;
    const served = this.#remember(uri, review, edited);
    served.shown = served.state;
    if (entry.merge === 'marked' && edited.merge !== 'marked')
      this.#resolved.fire({ side: this.#side, sessionId: review.sessionId, path });
  }

  watch(): vscode.Disposable {
    // Changes come from the review itself, for every file that was ever looked at.
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.#unsubscribe();
    this.#saves.dispose();
    this.#changed.dispose();
    this.#resolved.dispose();
  }

  async #find(uri: vscode.Uri): Promise<{ review: Review; entry: ReviewedChange; path: string }> {
    const address = parseUriParts(uri);
    if (address === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    const review = await this.#store.find(address.sessionId);
    const entry = review?.get(address.path);
    if (review === undefined || entry === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return { review, entry, path: address.path };
  }

  /** A save looks for the folders above the file first. */
  async #isFolder(uri: vscode.Uri): Promise<boolean> {
    const address = parseUriParts(uri);
    if (address === undefined) return false;
    const review = await this.#store.find(address.sessionId);
    if (review === undefined || review.get(address.path) !== undefined) return false;
    const prefix = address.path === '' ? '' : `${address.path}/`;
    return review.list().some(({ change }) => change.path.startsWith(prefix));
  }

  /** Undefined for the sides of a merge, which are not told with the change. */
  #stateOf({ change }: ReviewedChange): FileState | undefined {
    return this.#side === 'before' || this.#side === 'after' ? change[this.#side] : undefined;
  }

  #isEditable(entry: ReviewedChange): boolean {
    const { status, binary, after } = entry.change;
    const isText = after.kind === 'file' && !binary && status !== 'refused';
    return this.#side === 'after' && isText && entry.decision !== 'applied';
  }

  /** Editors reload only what has another mtime, so each new state gets a later one. */
  #remember(uri: vscode.Uri, review: Review, entry: ReviewedChange): Served {
    const key = uri.toString();
    const side = this.#stateOf(entry);
    const state = side === undefined ? changeKey(entry.change) : stateKey(side);
    const known = this.#served.get(key);
    if (known === undefined) {
      const served = { uri, state, decision: entry.decision, mtime: review.createdAt };
      this.#served.set(key, served);
      return served;
    }
    if (known.state !== state) {
      known.state = state;
      known.mtime += 1;
    }
    known.decision = entry.decision;
    return known;
  }

  #announce(): void {
    const events: vscode.FileChangeEvent[] = [];
    const reviews = new Map(this.#store.list().map((review) => [review.sessionId, review]));
    for (const [key, served] of this.#served) {
      const address = parseUriParts(served.uri);
      const review = reviews.get(address?.sessionId ?? '');
      const entry = review?.get(address?.path ?? '');
      if (review === undefined || entry === undefined) {
        this.#served.delete(key);
        events.push({ type: vscode.FileChangeType.Deleted, uri: served.uri });
        continue;
      }
      const { mtime, decision } = served;
      this.#remember(served.uri, review, entry);
      if (served.mtime !== mtime || decision !== entry.decision) {
        events.push({ type: vscode.FileChangeType.Changed, uri: served.uri });
      }
    }
    if (events.length > 0) this.#changed.fire(events);
  }
}

/** A diff of another kind of the same file has a query. */
export function nameFile(uri: vscode.Uri): string {
  return uri.with({ query: '' }).toString();
}

export function changeUri(side: Side, sessionId: string, path: string): vscode.Uri {
  return vscode.Uri.from(toUriParts({ side, sessionId, path }));
}

function sizeOf(state: FileState): number {
  switch (state.kind) {
    case 'absent':
    case 'directory':
      return 0;
    case 'file':
      return state.size;
    case 'symlink':
      return Buffer.byteLength(state.target);
  }
}

import * as vscode from 'vscode';
import { changeKey, type FileState, stateKey } from '../workspace/changes.js';
import type { Review, ReviewedChange, Side } from '../workspace/review-api.js';
import { parseUriParts, toUriParts } from './diff-uri.js';
import type { ReviewStore } from './review-store.js';

interface Served {
  readonly uri: vscode.Uri;
  state: string;
  decision: string;
  mtime: number;
  /** `changeKey` of what was last read or written here. */
  shownKey?: string;
}

/** One side of every change as files, so that VS Code can diff the bytes (and edit the proposal). */
export class ReviewFiles implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #side: Side;
  readonly #store: ReviewStore;
  readonly #served = new Map<string, Served>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #unsubscribe: () => void;
  readonly onDidChangeFile = this.#changed.event;

  constructor(side: Side, store: ReviewStore) {
    this.#side = side;
    this.#store = store;
    this.#unsubscribe = store.onDidChange(() => this.#announce());
  }

  /** `changeKey` of the bytes that the editor of this file was last given. */
  shownKey(uri: vscode.Uri): string | undefined {
    return this.#served.get(uri.toString())?.shownKey;
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    if (await this.#isFolder(uri)) return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    const { review, entry } = await this.#find(uri);
    const served = this.#remember(uri, review, entry);
    const stat = {
      type: vscode.FileType.File,
      ctime: review.createdAt,
      mtime: served.mtime,
      size: sizeOf(this.#stateOf(entry)),
    };
    return this.#isEditable(entry) ? stat : { ...stat, permissions: vscode.FilePermission.Readonly };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const { review, entry, path } = await this.#find(uri);
    const bytes = await review.read(path, this.#side);
    this.#remember(uri, review, entry).shownKey = changeKey(entry.change);
    return bytes;
  }

  async writeFile(uri: vscode.Uri, bytes: Uint8Array): Promise<void> {
    const { review, entry, path } = await this.#find(uri);
    if (!this.#isEditable(entry)) throw vscode.FileSystemError.NoPermissions(uri);
    await review.edit(path, bytes);
    const edited = review.get(path) ?? entry;
    this.#remember(uri, review, edited).shownKey = changeKey(edited.change);
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
    this.#changed.dispose();
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

  #stateOf(entry: ReviewedChange): FileState {
    return this.#side === 'before' ? entry.change.before : entry.change.after;
  }

  #isEditable(entry: ReviewedChange): boolean {
    const { status, binary, after } = entry.change;
    const isText = after.kind === 'file' && !binary && status !== 'refused';
    return this.#side === 'after' && isText && entry.decision !== 'applied';
  }

  /** Editors reload only what has another mtime, so each new state gets a later one. */
  #remember(uri: vscode.Uri, review: Review, entry: ReviewedChange): Served {
    const key = uri.toString();
    const state = stateKey(this.#stateOf(entry));
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

import * as vscode from 'vscode';
import { splitLines } from '../../workspace/hunks/split-lines.js';
import type { Review } from '../../workspace/review/review-api.js';
import type { Feedback } from '../../workspace/review/review-file.js';
import { saveProposal } from '../diff-editor.js';
import { parseUriParts } from '../diff-uri.js';
import { changeUri } from '../review-files.js';
import type { ReviewStore } from '../review-store.js';
import { mapLines } from './editor-lines.js';
import { placeComment } from './place-comment.js';
import { viewOf } from './view-of.js';

type Remark = Extract<Feedback, { kind: 'comment' }>;

/** Both are in the menus of package.json. */
const CONTROLLER = 'airlock';
const COMMENT = 'airlock.comment';
const REFRESH_MS = 50;

/** The user's comment on a line of a proposal, as VS Code shows it. */
export class RemarkComment implements vscode.Comment {
  readonly mode = vscode.CommentMode.Preview;
  readonly contextValue = COMMENT;
  readonly author = { name: vscode.l10n.t('You') };

  constructor(
    readonly review: Review,
    readonly remarkId: string,
    readonly body: string,
  ) {}
}

/** Comments on proposals: kept in their reviews until the agent is told of them, and shown from there. */
export class ReviewComments implements vscode.Disposable {
  readonly #store: ReviewStore;
  readonly #controller = vscode.comments.createCommentController(CONTROLLER, 'Airlock');
  readonly #threads = new Map<string, vscode.CommentThread>();
  readonly #onError: (error: unknown) => void;
  readonly #unsubscribe: () => void;
  #refresh: NodeJS.Timeout | undefined;
  #last: Promise<void> = Promise.resolve();

  constructor(store: ReviewStore, onError: (error: unknown) => void) {
    this.#store = store;
    this.#onError = onError;
    this.#controller.options = {
      prompt: vscode.l10n.t('Comment for the agent'),
      placeHolder: vscode.l10n.t('What should the agent change here?'),
    };
    this.#controller.commentingRangeProvider = {
      provideCommentingRanges: (document) => this.#rangesOf(document),
    };
    this.#unsubscribe = store.onDidChange(() => this.#schedule());
  }

  /** Takes what the user wrote into the box at a line. */
  async add({ thread, text }: vscode.CommentReply): Promise<void> {
    const address = parseUriParts(thread.uri);
    const review = address && (await this.#store.find(address.sessionId));
    if (address === undefined || review === undefined || text.trim() === '') return;
    // The line is one of the editor's text.
    if (!(await saveProposal(address.sessionId, address.path))) return;
    const proposal = new TextDecoder().decode(await review.read(address.path, 'after'));
    const line = mapLines(proposal).fromEditor(thread.range?.start.line ?? 0) + 1;
    const id = await review.comment(address.path, line, text.trim());
    const known = this.#threads.get(nameOf(review, id));
    if (known !== undefined && known !== thread) known.dispose();
    this.#threads.set(nameOf(review, id), thread);
    show(thread, new RemarkComment(review, id, text.trim()), vscode.CommentThreadCollapsibleState.Expanded);
  }

  async remove({ review, remarkId }: RemarkComment): Promise<void> {
    await review.dropFeedback([remarkId]);
  }

  dispose(): void {
    clearTimeout(this.#refresh);
    this.#unsubscribe();
    this.#controller.dispose();
  }

  /** The gutter's `+`: on the text of a proposal that still waits. */
  #rangesOf({ uri, lineCount }: vscode.TextDocument): vscode.Range[] {
    const address = parseUriParts(uri);
    if (address?.side !== 'after') return [];
    const row = this.#store.row(address.sessionId, address.path);
    if (row === undefined || viewOf(row) === 'page' || row.reviewed.change.after.kind !== 'file') return [];
    return [new vscode.Range(0, 0, Math.max(lineCount - 1, 0), 0)];
  }

  #schedule(): void {
    this.#refresh ??= setTimeout(() => {
      this.#refresh = undefined;
      this.#last = this.#last.then(() => this.#update()).catch(this.#onError);
    }, REFRESH_MS);
  }

  async #update(): Promise<void> {
    const wanted = new Set<string>();
    for (const review of this.#store.list()) {
      for (const remark of review.feedback()) {
        if (remark.kind !== 'comment') continue;
        wanted.add(nameOf(review, remark.id));
        if (!this.#threads.has(nameOf(review, remark.id))) await this.#restore(review, remark);
      }
    }
    for (const [name, thread] of this.#threads) {
      if (wanted.has(name)) continue;
      thread.dispose();
      this.#threads.delete(name);
    }
  }

  async #restore(review: Review, remark: Remark): Promise<void> {
    const { path, line, excerpt, text, id } = remark;
    if (review.get(path) === undefined) return;
    const proposal = new TextDecoder().decode(await review.read(path, 'after'));
    const place = mapLines(proposal).toEditor(placeComment(splitLines(proposal), line, excerpt));
    const thread = this.#controller.createCommentThread(
      changeUri('after', review.sessionId, path),
      new vscode.Range(place, 0, place, 0),
      [],
    );
    this.#threads.set(nameOf(review, id), thread);
    show(thread, new RemarkComment(review, id, text), vscode.CommentThreadCollapsibleState.Collapsed);
  }
}

function show(
  thread: vscode.CommentThread,
  comment: RemarkComment,
  state: vscode.CommentThreadCollapsibleState,
): void {
  thread.comments = [comment];
  thread.label = vscode.l10n.t('Comment for the agent');
  thread.contextValue = COMMENT;
  thread.canReply = false;
  thread.collapsibleState = state;
}

function nameOf({ sessionId }: Review, id: string): string {
  return `${sessionId}/${id}`;
}

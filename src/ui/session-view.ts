import * as vscode from 'vscode';
import type { App } from './app.js';
import type { WrittenPrompt } from './follow-up.js';
import { createSessionHtml } from './session-html.js';
import {
  parseViewRequest,
  toViewItem,
  toViewState,
  type ViewMessage,
  type ViewRequest,
} from './session-message.js';
import type { WindowSession } from './window-session.js';

export const sessionViewId = 'airlock.session';

/** At most ten messages a second reach the page, however fast the agent talks. */
const BATCH_MS = 100;

/** One session as text, and the choice among several. The page keeps nothing: each time it is shown it gets the whole transcript. */
export class SessionView implements vscode.WebviewViewProvider, vscode.Disposable {
  readonly #app: App;
  readonly #media: vscode.Uri;
  readonly #unsubscribes: readonly (() => void)[];
  #view: vscode.WebviewView | undefined;
  #isReady = false;
  /** Whose transcript the page holds. */
  #shown: WindowSession | undefined;
  #batch: NodeJS.Timeout | undefined;

  constructor(app: App, media: vscode.Uri) {
    this.#app = app;
    this.#media = media;
    this.#unsubscribes = [
      app.sessions.onDidChange(() => this.#schedule()),
      app.store.onDidChange(() => this.#schedule()),
      app.questions.onDidChange(() => this.#schedule()),
    ];
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.#view = view;
    this.#isReady = false;
    view.webview.options = { enableScripts: true, localResourceRoots: [this.#media] };
    view.webview.onDidReceiveMessage((message: unknown) => {
      const request = parseViewRequest(message);
      if (request !== undefined) this.#answer(request);
    });
    view.onDidDispose(() => {
      this.#view = undefined;
      this.#isReady = false;
    });
    view.webview.html = createSessionHtml(view.webview, this.#media);
  }

  dispose(): void {
    clearTimeout(this.#batch);
    for (const unsubscribe of this.#unsubscribes) unsubscribe();
  }

  #answer(request: ViewRequest): void {
    switch (request.type) {
      case 'ready':
        this.#isReady = true;
        this.#reset();
        return;
      case 'stop':
        this.#run('airlock.stop', this.#shown?.id);
        return;
      case 'end':
        this.#run('airlock.endSession', this.#shown?.id);
        return;
      case 'run':
      case 'review':
        this.#run(`airlock.${request.type}`);
        return;
      case 'answer':
        this.#run('airlock.answerQuestion');
        return;
      case 'show':
        this.#run('airlock.switchSession', request.sessionId);
        return;
      case 'prompt':
        this.#run('airlock.followUp', {
          sessionId: request.sessionId,
          text: request.text,
        } satisfies WrittenPrompt);
    }
  }

  #run(command: string, argument?: unknown): void {
    void vscode.commands.executeCommand(command, argument);
  }

  #reset(): void {
    this.#shown = this.#app.sessions.current;
    this.#shown?.transcript.takePatch();
    const items = this.#shown?.transcript.items().map((item) => toViewItem(item, vscode.l10n.t)) ?? [];
    this.#post({ type: 'reset', items, state: this.#state() });
  }

  #schedule(): void {
    this.#batch ??= setTimeout(() => {
      this.#batch = undefined;
      if (!this.#isReady) return;
      if (this.#app.sessions.current !== this.#shown) {
        this.#reset();
        return;
      }
      const { changed, removed } = this.#shown?.transcript.takePatch() ?? { changed: [], removed: [] };
      const items = changed.map((item) => toViewItem(item, vscode.l10n.t));
      this.#post({ type: 'patch', items, removed, state: this.#state() });
    }, BATCH_MS);
  }

  #state() {
    const { sessions, store, questions } = this.#app;
    return toViewState(
      { sessions, pending: store.pending().count, questions: questions.count },
      vscode.l10n.t,
    );
  }

  #post(message: ViewMessage): void {
    this.#view?.webview.postMessage(message).then(undefined, (error: unknown) => {
      this.#app.logger.debug(`the session view did not take a message: ${String(error)}`);
    });
  }
}

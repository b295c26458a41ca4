import * as vscode from 'vscode';
import type { App } from './app.js';
import { createSessionHtml } from './session-html.js';
import {
  parseViewRequest,
  toViewItem,
  toViewState,
  type ViewMessage,
  type ViewRequest,
} from './session-message.js';

export const sessionViewId = 'airlock.session';

/** At most ten messages a second reach the page, however fast the agent talks. */
const BATCH_MS = 100;

/** The running session as text. The page keeps nothing: each time it is shown it gets the whole transcript. */
export class SessionView implements vscode.WebviewViewProvider, vscode.Disposable {
  readonly #app: App;
  readonly #media: vscode.Uri;
  readonly #unsubscribes: readonly (() => void)[];
  #view: vscode.WebviewView | undefined;
  #isReady = false;
  #batch: NodeJS.Timeout | undefined;

  constructor(app: App, media: vscode.Uri) {
    this.#app = app;
    this.#media = media;
    this.#unsubscribes = [
      app.tracker.onDidChange(() => this.#schedule()),
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
    switch (request) {
      case 'ready':
        this.#isReady = true;
        this.#reset();
        return;
      case 'run':
      case 'stop':
      case 'review':
        void vscode.commands.executeCommand(`airlock.${request}`);
        return;
      case 'answer':
        void vscode.commands.executeCommand('airlock.answerQuestion');
    }
  }

  #reset(): void {
    const { transcript } = this.#app.tracker;
    transcript.takePatch();
    const items = transcript.items().map((item) => toViewItem(item, vscode.l10n.t));
    this.#post({ type: 'reset', items, state: this.#state() });
  }

  #schedule(): void {
    this.#batch ??= setTimeout(() => {
      this.#batch = undefined;
      if (!this.#isReady) return;
      const { changed, removed } = this.#app.tracker.transcript.takePatch();
      const items = changed.map((item) => toViewItem(item, vscode.l10n.t));
      this.#post({ type: 'patch', items, removed, state: this.#state() });
    }, BATCH_MS);
  }

  #state() {
    const { tracker, store, questions } = this.#app;
    return toViewState(tracker.state, store.pending().count, questions.count, tracker.spend, vscode.l10n.t);
  }

  #post(message: ViewMessage): void {
    this.#view?.webview.postMessage(message).then(undefined, (error: unknown) => {
      this.#app.logger.debug(`the session view did not take a message: ${String(error)}`);
    });
  }
}

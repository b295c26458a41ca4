import * as vscode from 'vscode';
import { describeError } from '../base/errors.js';
import type { App } from './app.js';
import { readPolicyChoice } from './settings.js';

const DEBOUNCE_MS = 300;
const FILE = '.airlock/policy.jsonc';

/** Shows in the editor what of a workspace's policy has no effect or makes it unusable. Loads the core for such a file only. */
export class PolicyDiagnostics implements vscode.Disposable {
  readonly #app: App;
  readonly #found = vscode.languages.createDiagnosticCollection('airlock');
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #subscriptions: vscode.Disposable;

  constructor(app: App) {
    this.#app = app;
    this.#subscriptions = vscode.Disposable.from(
      this.#found,
      vscode.workspace.onDidOpenTextDocument((document) => this.#schedule(document, 0)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#schedule(document, DEBOUNCE_MS)),
      vscode.workspace.onDidSaveTextDocument((document) => this.#schedule(document, 0)),
      vscode.workspace.onDidCloseTextDocument((document) => this.#forget(document)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('airlock')) this.#checkOpen();
      }),
    );
    this.#checkOpen();
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#subscriptions.dispose();
  }

  #checkOpen(): void {
    for (const document of vscode.workspace.textDocuments) this.#schedule(document, 0);
  }

  #schedule(document: vscode.TextDocument, ms: number): void {
    if (!isWorkspacePolicy(document.uri)) return;
    const key = document.uri.toString();
    clearTimeout(this.#timers.get(key));
    this.#timers.set(
      key,
      setTimeout(() => {
        this.#timers.delete(key);
        this.#check(document).catch((error: unknown) => this.#app.logger.error(describeError(error)));
      }, ms),
    );
  }

  async #check(document: vscode.TextDocument): Promise<void> {
    const host = await this.#app.host();
    if (document.isClosed) return;
    const { version } = document;
    const problems = host.lintPolicy(document.getText(), readPolicyChoice());
    if (document.version !== version) return;
    this.#found.set(
      document.uri,
      problems.map(({ message, offset, length }) => {
        const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
        const severity = message.startsWith('ignored: ')
          ? vscode.DiagnosticSeverity.Warning
          : vscode.DiagnosticSeverity.Error;
        return Object.assign(new vscode.Diagnostic(range, message, severity), { source: 'Airlock' });
      }),
    );
  }

  #forget(document: vscode.TextDocument): void {
    clearTimeout(this.#timers.get(document.uri.toString()));
    this.#timers.delete(document.uri.toString());
    this.#found.delete(document.uri);
  }
}

function isWorkspacePolicy(uri: vscode.Uri): boolean {
  if (uri.scheme !== 'file' || !uri.path.endsWith(`/${FILE}`)) return false;
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  return folder !== undefined && vscode.Uri.joinPath(folder.uri, FILE).path === uri.path;
}

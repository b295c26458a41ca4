import * as vscode from 'vscode';

export const pageScheme = 'airlock-page';

/** Pages of Markdown that are only read, by their names; each has the text that it was last given. */
export class TextPages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #texts = new Map<string, string>();

  /** Opens the page in VS Code's preview. */
  async show(name: string, text: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme: pageScheme, path: `/${name}.md` });
    this.#texts.set(uri.path, text);
    this.#changed.fire(uri);
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  }

  provideTextDocumentContent(uri: Pick<vscode.Uri, 'path'>): string {
    return this.#texts.get(uri.path) ?? '';
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

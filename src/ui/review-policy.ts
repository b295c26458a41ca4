import * as vscode from 'vscode';
import type { App } from './app.js';
import { localFolders } from './local-folders.js';
import { readPolicyChoice } from './settings.js';

export const policyReviewScheme = 'airlock-policy';
const SESSIONS = 20;

/** Opens what the last sessions on this workspace used of the policy, as a read-only preview. */
export async function reviewPolicy(app: App): Promise<void> {
  const uri = vscode.Uri.from({ scheme: policyReviewScheme, path: '/Policy Review.md' });
  app.policyReview.set(uri, await writeReview(app));
  await vscode.commands.executeCommand('markdown.showPreview', uri);
}

async function writeReview(app: App): Promise<string> {
  const [folder] = localFolders();
  const host = await app.host();
  const workspace = folder?.uri.fsPath;
  const remembered = app.approvals
    .list()
    .filter((approval) => approval.workspace === workspace)
    .map(({ rule }) => rule);
  return host.reviewPolicy({ ...readPolicyChoice(), last: SESSIONS, workspace, remembered });
}

/** The last text of each page that is written for reading. */
export class PolicyReviewText implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #texts = new Map<string, string>();

  set(uri: vscode.Uri, text: string): void {
    this.#texts.set(uri.path, text);
    this.#changed.fire(uri);
  }

  provideTextDocumentContent(uri: Pick<vscode.Uri, 'path'>): string {
    return this.#texts.get(uri.path) ?? '';
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

import * as vscode from 'vscode';
import type { SandboxHost } from '../../session/api.js';
import type { App } from '../app.js';
import { AuditPanel } from './audit-panel.js';

/** The open viewers, one a log. */
export class AuditPanels implements vscode.Disposable {
  readonly #media: vscode.Uri;
  readonly #open = new Map<string, AuditPanel>();

  constructor(media: vscode.Uri) {
    this.#media = media;
  }

  /** The viewer of a session's log, opened or brought to the front. */
  show(app: App, host: SandboxHost, sessionId: string, title: string): void {
    const open = this.#open.get(sessionId);
    if (open !== undefined) {
      open.panel.reveal();
      return;
    }
    const parts = { app, host, media: this.#media, sessionId };
    const made = new AuditPanel(parts, vscode.l10n.t('Audit Log: {0}', title));
    this.#open.set(sessionId, made);
    made.panel.onDidDispose(() => this.#open.delete(sessionId));
  }

  get(sessionId: string): AuditPanel | undefined {
    return this.#open.get(sessionId);
  }

  dispose(): void {
    for (const { panel } of [...this.#open.values()]) panel.dispose();
  }
}

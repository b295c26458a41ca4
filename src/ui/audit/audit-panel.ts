import * as vscode from 'vscode';
import type { AuditLogView } from '../../audit/view/log-view.js';
import type { ViewRow } from '../../audit/view/view-row.js';
import type { SandboxHost } from '../../session/api.js';
import type { App } from '../app.js';
import { showFailure } from '../show-failure.js';
import { createAuditHtml } from './audit-html.js';
import {
  type AuditMessage,
  type AuditRequest,
  describeStatus,
  everything,
  parseAuditRequest,
  toPageRow,
} from './audit-message.js';
import { exportLog } from './export-log.js';
import { openRecordedChange } from './open-recorded-change.js';

const FOLLOW_MS = 1000;
const PROGRESS_MS = 100;

export interface AuditPanelParts {
  readonly app: App;
  readonly host: SandboxHost;
  readonly media: vscode.Uri;
  readonly sessionId: string;
}

/** One log in an editor of its own. The rows stay here; the page gets those that it shows. */
export class AuditPanel {
  readonly panel: vscode.WebviewPanel;
  readonly #parts: AuditPanelParts;
  readonly #log: AuditLogView;
  #filter = everything;
  #filters = 0;
  #shown: readonly ViewRow[] = [];
  #isReady = false;
  #isRead = false;
  #hasGivenRows = false;
  #mayGrow = true;
  #isClosed = false;
  #timer: NodeJS.Timeout | undefined;
  #toldAt = 0;

  constructor(parts: AuditPanelParts, title: string) {
    const { app, host, media, sessionId } = parts;
    this.#parts = parts;
    this.#log = host.viewAuditLog(sessionId);
    this.panel = vscode.window.createWebviewPanel('airlock.audit', title, vscode.ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [media],
      retainContextWhenHidden: true,
    });
    const { webview } = this.panel;
    webview.onDidReceiveMessage((message: unknown) => {
      const request = parseAuditRequest(message);
      if (request !== undefined) this.answer(request).catch((error: unknown) => showFailure(app, error));
    });
    this.panel.onDidDispose(() => {
      this.#isClosed = true;
      clearTimeout(this.#timer);
    });
    webview.html = createAuditHtml(webview, media);
    this.#follow();
  }

  /** Whether the page is there and has asked for rows. */
  get hasGivenRows(): boolean {
    return this.#hasGivenRows;
  }

  /** What the page would show now. */
  state(): Extract<AuditMessage, { type: 'state' }> {
    const { rows } = this.#log;
    const choices = {
      kind: valuesOf(rows, 'kind'),
      tool: valuesOf(rows, 'tool'),
      decision: valuesOf(rows, 'decision'),
    };
    return {
      type: 'state',
      status: describeStatus(this.#log, { isRead: this.#isRead, mayGrow: this.#mayGrow }, vscode.l10n.t),
      filter: this.#filters,
      count: this.#shown.length,
      counted: vscode.l10n.t('{0} of {1} records', this.#shown.length, rows.length),
      choices,
    };
  }

  rows(from: number, count: number): Extract<AuditMessage, { type: 'rows' }> {
    const began = this.#log.rows[0]?.at ?? 0;
    const rows = this.#shown
      .slice(from, from + count)
      .map((row) => toPageRow(row, began, this.#log.durationOf(row)));
    return { type: 'rows', from, rows };
  }

  async answer(request: AuditRequest): Promise<void> {
    const { app, host, sessionId } = this.#parts;
    switch (request.type) {
      case 'ready':
        this.#isReady = true;
        this.#tell();
        return;
      case 'filter':
        this.#filter = request.filter;
        this.#filters += 1;
        this.#tell();
        return;
      case 'rows':
        this.#hasGivenRows = true;
        this.#post(this.rows(request.from, request.count));
        return;
      case 'open': {
        const path = this.#log.rows.find(({ seq }) => seq === request.seq)?.path;
        if (path !== undefined) await openRecordedChange(app, sessionId, path);
        return;
      }
      case 'export':
        await exportLog(app, host, sessionId);
        return;
      case 'reveal':
        await vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(this.#log.file));
    }
  }

  /** Reads on for as long as something may come. Never takes the focus. */
  #follow(): void {
    this.#read().then(
      () => {
        if (this.#mayGrow && !this.#isClosed) this.#timer = setTimeout(() => this.#follow(), FOLLOW_MS);
      },
      (error: unknown) => showFailure(this.#parts.app, error),
    );
  }

  async #read(): Promise<void> {
    const before = this.#log.rows.length;
    const { host, sessionId } = this.#parts;
    const mayGrow = await host.mayLogGrow(sessionId);
    await this.#log.read(mayGrow, () => {
      if (Date.now() - this.#toldAt > PROGRESS_MS) this.#tell();
    });
    const isNews = !this.#isRead || this.#mayGrow !== mayGrow || this.#log.rows.length !== before;
    this.#mayGrow = mayGrow;
    this.#isRead = true;
    if (isNews) this.#tell();
  }

  #tell(): void {
    this.#shown = this.#log.filter(this.#filter);
    this.#toldAt = Date.now();
    if (this.#isReady) this.#post(this.state());
  }

  #post(message: AuditMessage): void {
    if (this.#isClosed) return;
    this.panel.webview.postMessage(message).then(undefined, (error: unknown) => {
      this.#parts.app.logger.debug(`the audit viewer did not take a message: ${String(error)}`);
    });
  }
}

function valuesOf(rows: readonly ViewRow[], name: 'kind' | 'tool' | 'decision'): readonly string[] {
  const values = new Set<string>();
  for (const row of rows) {
    const value = row[name];
    if (value !== undefined) values.add(value);
  }
  return [...values].sort().slice(0, 200);
}

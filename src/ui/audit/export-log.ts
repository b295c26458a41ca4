import * as path from 'node:path';
import * as vscode from 'vscode';
import type { ExportFormat } from '../../audit/export/export-log.js';
import type { SandboxHost } from '../../session/api.js';
import type { App } from '../app.js';

/** Asks for form and place, and writes. */
export async function exportLog(app: App, host: SandboxHost, sessionId: string): Promise<void> {
  const { t } = vscode.l10n;
  const forms: readonly (vscode.QuickPickItem & { format: ExportFormat; ending: string })[] = [
    {
      label: t('JSON Lines'),
      detail: t('One record a line, for programs'),
      format: 'jsonl',
      ending: 'jsonl',
    },
    { label: t('OpenTelemetry logs'), detail: t('OTLP as JSON lines'), format: 'otlp', ending: 'otlp.jsonl' },
    { label: t('Report'), detail: t('Markdown, for people'), format: 'markdown', ending: 'md' },
  ];
  const picked = await app.dialogs.pick(forms, { title: t('Export the audit log as') });
  if (picked === undefined) return;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  const to = await app.dialogs.save({
    defaultUri: vscode.Uri.file(path.join(folder, `airlock-${sessionId}.${picked.ending}`)),
    title: t('Export Audit Log'),
  });
  if (to?.scheme !== 'file') return;
  await host.exportAuditLog(sessionId, { format: picked.format, output: to.fsPath });
  vscode.window.setStatusBarMessage(t('Airlock: the audit log was exported'), 5000);
}

import * as path from 'node:path';
import * as vscode from 'vscode';
import { toVisibleLine } from '../../base/visible-text.js';
import type { AuditLogInfo } from '../../session/record/audit-logs.js';
import type { App } from '../app.js';
import { sessionLabel } from '../session-names.js';
import { withoutIcons } from '../show-command.js';

/** Opens the audit log of a session: the one given by id, the only one, or the user's choice, newest first. */
export async function showAuditLog(app: App, argument: unknown): Promise<void> {
  const host = await app.host();
  const logs = await host.auditLogs();
  const log = logs.find(({ sessionId }) => sessionId === argument) ?? (await chooseLog(app, logs));
  if (log === undefined) return;
  app.audits.show(app, host, log.sessionId, nameOf(app, log));
}

async function chooseLog(app: App, logs: readonly AuditLogInfo[]): Promise<AuditLogInfo | undefined> {
  const { t } = vscode.l10n;
  if (logs.length === 0) {
    await app.dialogs.choose('info', t('There is no audit log yet: no agent has run.'), []);
    return undefined;
  }
  const items = logs.map((log) => ({
    label: withoutIcons(nameOf(app, log)),
    description: new Date(log.changedAt).toLocaleString(),
    detail: withoutIcons(toVisibleLine(`${log.agent} ${log.workspace}`)),
    log,
  }));
  const options = { title: t('Show the audit log of which session?'), matchOnDetail: true };
  return (await app.dialogs.pick(items, options))?.log;
}

function nameOf(app: App, { sessionId, workspace }: AuditLogInfo): string {
  const known = app.sessions.find(sessionId);
  if (known !== undefined) return sessionLabel(known);
  return toVisibleLine(`${path.basename(workspace)} ${sessionId}`, 60);
}

import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** The viewer's page: nothing but our own script and style may load; every row comes later, as text. */
export function createAuditHtml(webview: vscode.Webview, media: vscode.Uri): string {
  const nonce = randomBytes(16).toString('base64');
  const script = webview.asWebviewUri(vscode.Uri.joinPath(media, 'audit.js'));
  const style = webview.asWebviewUri(vscode.Uri.joinPath(media, 'audit.css'));
  const text = (message: string) => escapeHtml(vscode.l10n.t(message));
  const select = (id: string, label: string, all: string) =>
    `<label>${text(label)} <select id="${id}"><option value="">${text(all)}</option></select></label>`;
  return `<!DOCTYPE html>
<html lang="${escapeHtml(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'">
<meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="${style.toString()}">
<title>${text('Audit Log')}</title>
</head>
<body>
<header>
<p id="status" role="status"></p>
<form id="filter" role="search">
<input id="text" type="search" maxlength="200" aria-label="${text('Search the records')}" placeholder="${text('Search')}">
${select('kind', 'Kind', 'all')}
${select('tool', 'Tool', 'all')}
${select('decision', 'Decision', 'all')}
<label><input id="timeline" type="checkbox"> ${text('Timeline only')}</label>
<span id="count" role="status"></span>
<button id="export" type="button">${text('Export…')}</button>
<button id="reveal" type="button" class="secondary">${text('Reveal Log File')}</button>
</form>
</header>
<main id="list" role="listbox" tabindex="0" aria-label="${text('Records; Enter opens the change that one speaks of')}"><div id="space"></div></main>
<script nonce="${nonce}" src="${script.toString()}"></script>
</body>
</html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

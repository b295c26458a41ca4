import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { escapeHtml } from './escape-html.js';

export interface ScriptPage {
  /** Of its own script and style in the media folder: `NAME.js` and `NAME.css`. */
  readonly name: string;
  readonly title: string;
  /** HTML. */
  readonly body: string;
}

/** A page of a web view in which nothing but our own script and style may load; what it shows comes later, as text. */
export function writeScriptPage(webview: vscode.Webview, media: vscode.Uri, page: ScriptPage): string {
  const nonce = randomBytes(16).toString('base64');
  const address = (ending: string) =>
    webview.asWebviewUri(vscode.Uri.joinPath(media, `${page.name}.${ending}`)).toString();
  return `<!DOCTYPE html>
<html lang="${escapeHtml(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'">
<meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="${address('css')}">
<title>${escapeHtml(page.title)}</title>
</head>
<body>
${page.body}
<script nonce="${nonce}" src="${address('js')}"></script>
</body>
</html>`;
}

/** The text in the user's language, for a page. */
export function pageText(message: string): string {
  return escapeHtml(vscode.l10n.t(message));
}

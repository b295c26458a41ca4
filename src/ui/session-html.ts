import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { MAX_PROMPT } from './session-message.js';

/** The session view's page: nothing but our own script and style may load. */
export function createSessionHtml(webview: vscode.Webview, media: vscode.Uri): string {
  const nonce = randomBytes(16).toString('base64');
  const script = webview.asWebviewUri(vscode.Uri.joinPath(media, 'session.js'));
  const style = webview.asWebviewUri(vscode.Uri.joinPath(media, 'session.css'));
  const { t } = vscode.l10n;
  const text = (message: string) => escapeHtml(t(message));
  return `<!DOCTYPE html>
<html lang="${escapeHtml(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'">
<meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="${style.toString()}">
<title>${text('Airlock Session')}</title>
</head>
<body>
<nav id="tabs" role="tablist" aria-label="${text('Agent sessions')}" hidden></nav>
<header>
<span id="status" role="status"></span>
<button id="stop" class="secondary" hidden>${text('Stop')}</button>
<button id="end" class="secondary" hidden>${text('End Session')}</button>
<button id="answer" hidden></button>
<button id="review" hidden></button>
</header>
<main id="log" role="log" aria-live="polite" aria-label="${text('Agent session')}" tabindex="0"></main>
<section id="empty" hidden>
<p>${text('What the agent says and does appears here while it runs.')}</p>
<button id="run">${text('Run Agent in Sandbox')}</button>
</section>
<form id="follow" hidden>
<textarea id="prompt" rows="2" maxlength="${MAX_PROMPT}" aria-label="${text('Next prompt')}" placeholder="${text('What should the agent do next?')}"></textarea>
<button id="send" type="submit">${text('Send')}</button>
</form>
<script nonce="${nonce}" src="${script.toString()}"></script>
</body>
</html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

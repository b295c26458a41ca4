import * as vscode from 'vscode';
import { pageText as text, writeScriptPage } from './script-page.js';
import { MAX_PROMPT } from './session-message.js';

/** The session view's page: nothing but our own script and style may load. */
export function createSessionHtml(webview: vscode.Webview, media: vscode.Uri): string {
  const body = `<nav id="tabs" role="tablist" aria-label="${text('Agent sessions')}" hidden></nav>
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
</form>`;
  return writeScriptPage(webview, media, { name: 'session', title: vscode.l10n.t('Airlock Session'), body });
}

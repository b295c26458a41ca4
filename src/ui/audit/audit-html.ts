import * as vscode from 'vscode';
import { pageText as text, writeScriptPage } from '../script-page.js';

/** The viewer's page: nothing but our own script and style may load; every row comes later, as text. */
export function createAuditHtml(webview: vscode.Webview, media: vscode.Uri): string {
  const select = (id: string, label: string, all: string) =>
    `<label>${text(label)} <select id="${id}"><option value="">${text(all)}</option></select></label>`;
  const body = `<header>
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
<main id="list" role="listbox" tabindex="0" aria-label="${text('Records; Enter opens the change that one speaks of')}"><div id="space"></div></main>`;
  return writeScriptPage(webview, media, { name: 'audit', title: vscode.l10n.t('Audit Log'), body });
}

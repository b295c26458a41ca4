import * as vscode from 'vscode';
import type { App } from './app.js';
import { activeDiff } from './diff-editor.js';
import { isFiltering } from './row-filter.js';

/** Keeps the `when` clauses of the manifest informed; only differences are sent. */
export function syncContextKeys(app: App): vscode.Disposable {
  const sent = new Map<string, unknown>();
  const send = (key: string, value: unknown) => {
    if (sent.get(key) === value) return;
    sent.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  };
  const update = () => {
    send('airlock.running', app.sessions.live().length > app.sessions.idle().length);
    send('airlock.live', app.sessions.live().length > 0);
    send('airlock.idle', app.sessions.idle().length > 0);
    send('airlock.hasSessions', app.sessions.list().length > 0);
    send('airlock.hasQuestion', app.questions.count > 0);
    const { files, marked, partly } = app.store.summary();
    const isFiltered = isFiltering(app.filter.value);
    send('airlock.hasPending', files > 0);
    send('airlock.hasMarked', marked + partly > 0);
    send('airlock.filtered', isFiltered);
    // What the empty tree is to say.
    send('airlock.filterHides', isFiltered && files > 0);
    send('airlock.reviewDone', files === 0 && app.store.hasDecided());
    send('airlock.hasCommits', app.commits.list().length > 0);
    // `resourceScheme` is not set while the focus is outside of the editor's text.
    send('airlock.diffActive', activeDiff() !== undefined);
  };
  const { onDidChangeTabs, onDidChangeTabGroups } = vscode.window.tabGroups;
  const tabs = vscode.Disposable.from(
    onDidChangeTabs(update),
    onDidChangeTabGroups(update),
    // In an editor of many changes it is the cursor that tells which one is meant.
    vscode.window.onDidChangeActiveTextEditor(update),
  );
  const unsubscribes = [
    app.sessions.onDidChange(update),
    app.store.onDidChange(update),
    app.questions.onDidChange(update),
    app.commits.onDidChange(update),
    app.filter.onDidChange(update),
  ];
  update();
  return new vscode.Disposable(() => {
    tabs.dispose();
    for (const unsubscribe of unsubscribes) unsubscribe();
  });
}

import * as assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { closeEditors, getAirlock, waitFor } from './airlock.js';

describe('the policy in the editor', () => {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  const file = path.join(root, '.airlock', 'policy.jsonc');

  afterEach(async () => {
    await closeEditors();
    await rm(path.dirname(file), { recursive: true, force: true });
  });

  it('marks lines of a workspace policy that have no effect, until they are gone', async () => {
    await getAirlock();
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, '{\n  "commands": { "rm": false, "frob": {} }\n}\n');
    const document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document);
    const ours = () =>
      vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'Airlock');
    const [found] = await waitFor('a diagnostic', () => ours().length > 0 && ours());
    assert.equal(found?.severity, vscode.DiagnosticSeverity.Warning);
    assert.equal(document.getText(found?.range), '"frob"');

    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(1, 0, 1, 100), '  "commands": { "rm": false }');
    await vscode.workspace.applyEdit(edit);
    await waitFor('no diagnostic', () => ours().length === 0);
    await document.save();
  });

  it('opens the review of the policy', async () => {
    const { app } = await getAirlock();
    await vscode.commands.executeCommand('airlock.reviewPolicy');
    assert.match(app.pages.provideTextDocumentContent({ path: '/Policy Review.md' }), /^# Policy review/);
    await waitFor('the preview', () =>
      vscode.window.tabGroups.all.some((group) =>
        group.tabs.some(({ label }) => /Policy Review/.test(label)),
      ),
    );
  });
});

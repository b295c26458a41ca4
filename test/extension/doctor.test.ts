import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { doctorReport } from '../../src/doctor/report.js';
import { closeEditors, getAirlock, waitFor } from './airlock.js';

describe('the doctor in the editor', () => {
  afterEach(closeEditors);

  it('opens what it found as a read-only page, what fails first', async () => {
    const { app } = await getAirlock();
    await vscode.commands.executeCommand('airlock.doctor');
    const text = app.pages.provideTextDocumentContent({ path: '/Doctor.md' });
    assert.match(text, /^# Airlock Doctor\n/);
    assert.match(text, /\n## (OK|Failed): Container engine\n/);
    const headings = [...text.matchAll(/^## (Failed|Warning|Unknown|OK): /gm)].map((match) => match[1]);
    const order = ['Failed', 'Warning', 'Unknown', 'OK'];
    assert.deepEqual(
      headings,
      [...headings].sort((a, b) => order.indexOf(a ?? '') - order.indexOf(b ?? '')),
    );
    await waitFor('the preview', () =>
      vscode.window.tabGroups.all.some((group) => group.tabs.some(({ label }) => /Doctor/.test(label))),
    );
  });

  it('copies its report as JSON', async () => {
    await getAirlock();
    await vscode.commands.executeCommand('airlock.copyDoctorReport');
    const report = doctorReport.parse(JSON.parse(await vscode.env.clipboard.readText()));
    assert.ok(report.findings.some(({ id }) => id === 'engine'));
  });
});

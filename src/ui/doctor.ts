import * as vscode from 'vscode';
import type { DoctorReport } from '../doctor/report.js';
import type { App } from './app.js';
import { describeReport } from './doctor-text.js';
import { localFolders } from './local-folders.js';

/** Looks at engine, machine and image, and opens what was found as a read-only preview. */
export async function showDoctor(app: App): Promise<void> {
  const report = await examine(app);
  if (report === undefined) return;
  await app.pages.show('Doctor', describeReport(report, vscode.l10n.t));
}

/** For a bug report, or for a program. */
export async function copyDoctorReport(app: App): Promise<void> {
  const report = await examine(app);
  if (report === undefined) return;
  await vscode.env.clipboard.writeText(`${JSON.stringify(report, undefined, 2)}\n`);
  vscode.window.setStatusBarMessage(vscode.l10n.t("Airlock: the doctor's report was copied"), 5000);
}

/** Undefined when the user cancels: nobody waits for the answers then, which end by their deadlines. */
async function examine(app: App): Promise<DoctorReport | undefined> {
  const options: vscode.ProgressOptions = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Airlock: looking at the container engine'),
    cancellable: true,
  };
  const [folder] = localFolders();
  return vscode.window.withProgress(options, async (_, token) => {
    const cancelled = new Promise<undefined>((resolve) =>
      token.onCancellationRequested(() => resolve(undefined)),
    );
    const work = app.host().then((host) => host.doctor(folder?.uri.fsPath));
    return Promise.race([work, cancelled]);
  });
}

import * as vscode from 'vscode';

export type Level = 'info' | 'warning' | 'error';

/** Every question to the user goes through here, so that a test can answer it. */
export interface Dialogs {
  /** A modal yes/no for what cannot be undone. */
  confirm(message: string, detail: string, action: string): Promise<boolean>;
  /** A modal with several answers; undefined when it is cancelled. */
  ask(message: string, detail: string, actions: readonly string[]): Promise<string | undefined>;
  /** A notification; undefined when it is dismissed. */
  choose(level: Level, message: string, actions: readonly string[]): Promise<string | undefined>;
  /** Goes away when `closed` ends. */
  input(options: vscode.InputBoxOptions, closed?: AbortSignal): Promise<string | undefined>;
  /** Where to write a file; undefined when it is cancelled. */
  save(options: vscode.SaveDialogOptions): Promise<vscode.Uri | undefined>;
  pick<T extends vscode.QuickPickItem>(
    items: readonly T[],
    options: vscode.QuickPickOptions,
  ): Promise<T | undefined>;
}

export const windowDialogs: Dialogs = {
  confirm: async (message, detail, action) =>
    (await vscode.window.showWarningMessage(message, { modal: true, detail }, action)) === action,
  ask: async (message, detail, actions) =>
    vscode.window.showWarningMessage(message, { modal: true, detail }, ...actions),
  choose: async (level, message, actions) => {
    switch (level) {
      case 'info':
        return vscode.window.showInformationMessage(message, ...actions);
      case 'warning':
        return vscode.window.showWarningMessage(message, ...actions);
      case 'error':
        return vscode.window.showErrorMessage(message, ...actions);
    }
  },
  input: (options, closed) => showInput(options, closed),
  save: async (options) => vscode.window.showSaveDialog(options),
  pick: async (items, options) => vscode.window.showQuickPick(items, options),
};

async function showInput(options: vscode.InputBoxOptions, closed?: AbortSignal): Promise<string | undefined> {
  if (closed === undefined) return vscode.window.showInputBox(options);
  const source = new vscode.CancellationTokenSource();
  const cancel = () => source.cancel();
  closed.addEventListener('abort', cancel, { once: true });
  if (closed.aborted) cancel();
  try {
    return await vscode.window.showInputBox(options, source.token);
  } finally {
    closed.removeEventListener('abort', cancel);
    source.dispose();
  }
}

import * as vscode from 'vscode';
import { type AirlockApi, activateUi, type UiHandle } from './ui/activate.js';

// VS Code calls deactivate without a context, so the handle has to live here.
const running: { ui?: UiHandle } = {};

export function activate(context: vscode.ExtensionContext): AirlockApi | undefined {
  running.ui = activateUi(context, async (options) => {
    const { createSandboxHost } = await import('./core.js');
    return createSandboxHost(options);
  });
  return context.extensionMode === vscode.ExtensionMode.Test ? running.ui.api : undefined;
}

export async function deactivate(): Promise<void> {
  await running.ui?.dispose();
}

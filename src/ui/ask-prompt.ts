import * as vscode from 'vscode';
import type { Dialogs } from './dialogs.js';
import { MAX_PROMPT } from './session-message.js';

/** Asks for a prompt; undefined when there is none, or nothing but white space. */
export async function askPrompt(
  dialogs: Dialogs,
  options: Pick<vscode.InputBoxOptions, 'title' | 'prompt' | 'placeHolder' | 'value'>,
): Promise<string | undefined> {
  const text = await dialogs.input({
    ...options,
    ignoreFocusOut: true,
    validateInput: (value) =>
      value.length > MAX_PROMPT ? vscode.l10n.t('At most {0} characters.', MAX_PROMPT) : undefined,
  });
  return text?.trim() || undefined;
}

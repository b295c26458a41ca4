import * as assert from 'node:assert/strict';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { AirlockApi } from '../../src/ui/activate.js';

export const extensionId = 'airlock.airlock';

/** The running extension's own API, which it hands out in test mode only. */
export async function getAirlock(): Promise<AirlockApi> {
  const extension = vscode.extensions.getExtension<AirlockApi>(extensionId);
  assert.ok(extension, `${extensionId} is not installed`);
  return extension.activate();
}

/** Whether the bundle of the session core has been loaded into this process. */
export function isCoreInMemory(): boolean {
  return Object.keys(require.cache).some((file) => file.endsWith(path.join('dist', 'core.js')));
}

/** Polls until the value is there; fails with what was waited for. */
export async function waitFor<T>(what: string, read: () => T | undefined | false, ms = 10_000): Promise<T> {
  const deadline = Date.now() + ms;
  for (;;) {
    const value = read();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > deadline) throw new Error(`waited ${ms} ms for ${what}`);
    await sleep(25);
  }
}

export async function closeEditors(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Paths of the open diffs of ours, in tab order. */
export function openDiffPaths(): readonly string[] {
  return vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .flatMap(({ input }) =>
      input instanceof vscode.TabInputTextDiff && input.modified.scheme === 'airlock-after'
        ? [input.modified.path]
        : [],
    );
}

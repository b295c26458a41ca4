import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';

export interface EditorFolders {
  readonly codeServer: { readonly node: string; readonly entry: string };
  readonly extensionsDir: string;
  readonly userDataDir: string;
}

export interface Editor {
  readonly url: string;
  readonly pid: number | undefined;
  output(): string;
  stop(): Promise<void>;
}

interface EditorScript {
  startEditor(
    options: EditorFolders & {
      readonly workspace: string;
      readonly extraArgs: readonly string[];
      readonly settings: Readonly<Record<string, unknown>>;
    },
  ): Promise<Editor>;
  installVsix(folders: EditorFolders, vsix: string): Promise<void>;
}

interface BrowserScript {
  launchBrowser(executablePath: string): Promise<Browser>;
}

/** The launcher that the demo and the extension tests use too; loaded at run time, since it finds its files by its own place. */
export async function loadEditorScript(): Promise<EditorScript> {
  return import(scriptUrl('editor.mjs'));
}

export async function loadBrowserScript(): Promise<BrowserScript> {
  return import(scriptUrl('browser.mjs'));
}

function scriptUrl(name: string): string {
  return pathToFileURL(path.resolve('scripts', 'lib', name)).href;
}

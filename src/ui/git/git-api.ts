import * as vscode from 'vscode';

// What is used of the public API (version 1) of VS Code's own git extension.

export interface GitRepository {
  readonly rootUri: vscode.Uri;
  readonly inputBox: { value: string };
  readonly state: { readonly rebaseCommit: unknown };
  /** Looks at the repository anew. */
  status(): Promise<void>;
  /** Stages what is at these paths now, deletions too. */
  add(paths: string[]): Promise<void>;
  /** Takes these paths out of the index again; the files stay. */
  revert(paths: string[]): Promise<void>;
  /** Commits the index, with the user's hooks and as the user's configuration says. */
  commit(message: string, options?: { readonly postCommitCommand?: string | null }): Promise<void>;
}

export interface GitApi {
  /** The program that it uses. */
  readonly git: { readonly path: string };
  getRepository(uri: vscode.Uri): GitRepository | null;
  openRepository?(root: vscode.Uri): Promise<GitRepository | null>;
}

interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

/** Undefined when the extension is not there, or the user has switched it off. */
export async function findGit(): Promise<GitApi | undefined> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  if (extension === undefined) return undefined;
  const git = await extension.activate();
  return git.enabled ? git.getAPI(1) : undefined;
}

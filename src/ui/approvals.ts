import * as vscode from 'vscode';
import { toVisibleLine } from '../base/visible-text.js';
import type { ApprovalStore } from '../session/api.js';
import type { App } from './app.js';
import { withoutIcons } from './show-command.js';

const KEY = 'airlock.approvals';

/** The approvals of this window's workspaces, in the editor's own storage. */
export class WorkspaceApprovals implements ApprovalStore {
  readonly #memento: vscode.Memento;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  async load(workspace: string): Promise<unknown> {
    return this.#memento.get<unknown>(`${KEY}:${workspace}`);
  }

  async save(workspace: string, rules: readonly string[]): Promise<void> {
    await this.#memento.update(`${KEY}:${workspace}`, rules.length === 0 ? undefined : rules);
  }

  /** Every rule with its workspace. What is no text is left out: it approves nothing. */
  list(): readonly { readonly workspace: string; readonly rule: string }[] {
    return this.#memento
      .keys()
      .filter((key) => key.startsWith(`${KEY}:`))
      .flatMap((key) => {
        const stored = this.#memento.get<unknown>(key);
        const workspace = key.slice(KEY.length + 1);
        return (Array.isArray(stored) ? stored : [])
          .filter((rule) => typeof rule === 'string')
          .map((rule) => ({ workspace, rule }));
      });
  }
}

/** Lets the user take back what was allowed for good. */
export async function forgetApprovals(app: App): Promise<void> {
  const { t } = vscode.l10n;
  const known = app.approvals.list();
  if (known.length === 0) {
    await app.dialogs.choose('info', t('Nothing is always allowed in this workspace.'), []);
    return;
  }
  const items = known.map(({ workspace, rule }) => ({
    label: withoutIcons(toVisibleLine(rule, 1000)),
    description: withoutIcons(toVisibleLine(workspace)),
    workspace,
    rule,
  }));
  const picked = await app.dialogs.pick(items, { title: t('Which approval shall be forgotten?') });
  if (picked === undefined) return;
  const rest = known.filter(({ workspace, rule }) => workspace === picked.workspace && rule !== picked.rule);
  await app.approvals.save(
    picked.workspace,
    rest.map(({ rule }) => rule),
  );
  vscode.window.setStatusBarMessage(t('Airlock: the approval is forgotten'), 5000);
}

import * as vscode from 'vscode';
import type { App } from './app.js';
import {
  explainFilter,
  type FilterKind,
  filterKinds,
  filterRows,
  nameFilter,
  noFilter,
} from './row-filter.js';

interface FilterItem extends vscode.QuickPickItem {
  readonly filter: FilterKind;
}

/** Chooses which kind of change the tree shows; a search goes on. */
export async function chooseFilter(app: App): Promise<void> {
  const { t } = vscode.l10n;
  const { kind: current, text } = app.filter.value;
  const indexes = app.store.list().map((review) => app.store.index(review));
  const items = filterKinds.map((filter): FilterItem => {
    const count = indexes.reduce((sum, index) => sum + filterRows(index, { kind: filter, text }).length, 0);
    const mark = filter === current ? '$(check) ' : '';
    return {
      label: `${mark}${nameFilter(filter, t)}`,
      description: `${count} · ${explainFilter(filter, t)}`,
      filter,
    };
  });
  const picked = await app.dialogs.pick(items, {
    title: t('Show which changes?'),
    matchOnDescription: true,
    ...(text === '' ? {} : { placeHolder: t('Of those with "{0}" in their path', text) }),
  });
  if (picked !== undefined) await app.filter.set({ kind: picked.filter, text });
}

/** Shows only what has a text in its path; an empty one shows all again. */
export async function searchChanges(app: App): Promise<void> {
  const { t } = vscode.l10n;
  const text = await app.dialogs.input({
    title: t('Search Changes'),
    prompt: t('A part of the path, in any case. Empty shows every path.'),
    placeHolder: t('For example: src/ or .json'),
    value: app.filter.value.text,
  });
  if (text !== undefined)
    await app.filter.set({ kind: app.filter.value.kind, text: text.trim().slice(0, 4096) });
}

export async function clearFilter(app: App): Promise<void> {
  await app.filter.set(noFilter);
}

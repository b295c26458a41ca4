import * as vscode from 'vscode';

/** A key or click within this time after something appeared was meant for what was there before. */
export const IGNORED_MS = 500;

export interface GuardedItem extends vscode.QuickPickItem {
  /** Rows without it are text: accepting one does nothing. */
  readonly choice?: string;
}

export interface GuardedPick {
  readonly title: string;
  readonly placeholder: string;
  /** The first is what a careless Enter falls on: it must be text. */
  readonly items: readonly GuardedItem[];
  /** Withdraws it. */
  readonly closed: AbortSignal;
}

/** A quick pick for decisions: what is typed before anybody can have read it has no effect. */
export function showGuardedPick({
  title,
  placeholder,
  items,
  closed,
}: GuardedPick): Promise<string | undefined> {
  return new Promise((resolve) => {
    if (closed.aborted) {
      resolve(undefined);
      return;
    }
    const pick = vscode.window.createQuickPick<GuardedItem>();
    const shownAt = performance.now();
    const isEarly = () => performance.now() - shownAt < IGNORED_MS;
    const finish = (choice: string | undefined) => {
      closed.removeEventListener('abort', withdraw);
      // First: to dispose hides, and hiding is putting it off.
      resolve(choice);
      pick.dispose();
    };
    const withdraw = () => finish(undefined);
    closed.addEventListener('abort', withdraw, { once: true });
    // Looking at the code meanwhile is no answer, and does not make it go away.
    pick.ignoreFocusOut = true;
    pick.title = title;
    pick.placeholder = placeholder;
    pick.items = items;
    pick.activeItems = items.slice(0, 1);
    pick.onDidChangeValue(() => {
      if (isEarly()) pick.value = '';
    });
    pick.onDidAccept(() => {
      const choice = pick.activeItems[0]?.choice;
      if (choice === undefined || isEarly()) return;
      finish(choice);
    });
    pick.onDidHide(() => finish(undefined));
    pick.show();
  });
}

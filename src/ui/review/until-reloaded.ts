import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { changeKey } from '../../workspace/changes.js';
import type { App } from '../app.js';
import { changeUri } from '../review-files.js';
import type { Row } from '../rows.js';

/** An editor that takes longer is left as it is. */
const WITHIN_MS = 1000;
const LOOK_MS = 20;

/** After a decision of the user's: the open editors of a change load its new texts. Until then its lines are others. */
export async function untilReloaded(app: App, { review, path }: Row): Promise<void> {
  const uri = changeUri('after', review.sessionId, path);
  const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
  if (document === undefined) return;
  const text = plain(new TextDecoder().decode(await review.read(path, 'after')));
  const isReloaded = () => {
    const current = review.get(path);
    const shown = app.proposals.shownKey(uri);
    return (
      current === undefined || (shown === changeKey(current.change) && plain(document.getText()) === text)
    );
  };
  for (let waited = 0; !isReloaded() && waited < WITHIN_MS; waited += LOOK_MS) await sleep(LOOK_MS);
}

/** An editor has one kind of line endings. */
function plain(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

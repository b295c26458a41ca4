import * as vscode from 'vscode';
import { parseUriParts } from '../../diff-uri.js';
import { changeUri } from '../../review-files.js';
import type { ReviewStore } from '../../review-store.js';
import type { Row } from '../../rows.js';
import { imageType } from './image-size.js';
import { writePage } from './page-html.js';
import { describePage } from './page-model.js';
import { MAX_PREVIEW_BYTES, makePreview, type Preview } from './preview.js';

const REFRESH_MS = 100;

/** A change that two texts beside each other would not show: pictures and other bytes, modes, refusals. */
export class ChangePages implements vscode.CustomReadonlyEditorProvider<vscode.CustomDocument> {
  readonly #store: ReviewStore;
  readonly #media: vscode.Uri;
  readonly #onError: (error: unknown) => void;

  constructor(store: ReviewStore, media: vscode.Uri, onError: (error: unknown) => void) {
    this.#store = store;
    this.#media = media;
    this.#onError = onError;
  }

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    return { uri, dispose: () => undefined };
  }

  async resolveCustomEditor({ uri }: vscode.CustomDocument, panel: vscode.WebviewPanel): Promise<void> {
    const { webview } = panel;
    webview.options = {
      enableScripts: false,
      enableCommandUris: ['airlock.approve', 'airlock.reject', 'vscode.open'],
      localResourceRoots: [this.#media],
    };
    let isClosed = false;
    const show = async () => {
      const html = await this.#write(uri, webview);
      if (html !== undefined && !isClosed && webview.html !== html) webview.html = html;
    };
    let refresh: NodeJS.Timeout | undefined;
    const unsubscribe = this.#store.onDidChange(() => {
      refresh ??= setTimeout(() => {
        refresh = undefined;
        show().catch(this.#onError);
      }, REFRESH_MS);
    });
    panel.onDidDispose(() => {
      isClosed = true;
      clearTimeout(refresh);
      unsubscribe();
    });
    await show();
  }

  /** Undefined when there is nothing new to be shown. */
  async #write(uri: vscode.Uri, webview: vscode.Webview): Promise<string | undefined> {
    const row = await this.#findRow(uri);
    if (row === undefined) return undefined;
    const previews = await readPreviews(row, uri);
    // Another one by now: its own news is on the way, and then that is shown.
    if (row.review.get(row.path)?.change !== row.reviewed.change) return undefined;
    const page = describePage(row, previews, vscode.l10n.t);
    return writePage(
      page,
      {
        language: vscode.env.language,
        cspSource: webview.cspSource,
        style: webview.asWebviewUri(vscode.Uri.joinPath(this.#media, 'change.css')).toString(),
        uri: uri.toString(),
      },
      vscode.l10n.t,
    );
  }

  /** Also of what is decided: its page says so. */
  async #findRow(uri: vscode.Uri): Promise<Row | undefined> {
    const address = parseUriParts(uri);
    if (address === undefined) return undefined;
    const review = await this.#store.find(address.sessionId);
    const reviewed = review?.get(address.path);
    if (review === undefined || reviewed === undefined) return undefined;
    return this.#store.row(address.sessionId, address.path) ?? { review, path: address.path, reviewed };
  }
}

/** Read as the editor's file, which notes that it is what the user was shown. */
async function readPreviews(row: Row, uri: vscode.Uri): Promise<{ before?: Preview; after?: Preview }> {
  const after = await vscode.workspace.fs.readFile(uri);
  const { before: state } = row.old?.change ?? row.reviewed.change;
  const isSmall = state.kind === 'file' && state.size <= MAX_PREVIEW_BYTES;
  const name = row.old?.change.path ?? row.path;
  const before =
    isSmall && imageType(name) !== undefined
      ? await vscode.workspace.fs.readFile(changeUri('before', row.review.sessionId, name))
      : new Uint8Array();
  return { ...wrap('before', makePreview(name, before)), ...wrap('after', makePreview(row.path, after)) };
}

function wrap(side: 'before' | 'after', preview: Preview | undefined) {
  return preview === undefined ? {} : { [side]: preview };
}

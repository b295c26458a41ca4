import { escapeHtml } from '../../escape-html.js';
import type { Translate } from '../../translate.js';
import type { PageFact, PageModel, PageSide } from './page-model.js';
import type { Preview } from './preview.js';

export interface PageFrame {
  readonly language: string;
  /** What the page's own style is loaded from, and where it is. */
  readonly cspSource: string;
  readonly style: string;
  /** Of the proposal, for the commands behind the buttons. */
  readonly uri: string;
}

/** The page has no script, loads nothing but its style, and its pictures are in it. */
export function writePage(page: PageModel, frame: PageFrame, t: Translate): string {
  const buttons = [
    ...(page.canApprove ? [button('airlock.approve', frame.uri, t('Approve Change'), '')] : []),
    ...(page.canReject
      ? [
          button(
            'airlock.reject',
            frame.uri,
            page.canApprove ? t('Reject Change') : t('Dismiss'),
            'secondary',
          ),
        ]
      : []),
    ...(page.canShowText ? [button('vscode.open', frame.uri, t('Show Content'), 'secondary')] : []),
  ];
  return `<!DOCTYPE html>
<html lang="${escapeHtml(frame.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src ${frame.cspSource}">
<meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="${escapeHtml(frame.style)}">
<title>${escapeHtml(page.heading)}</title>
</head>
<body>
<main>
<h1>${escapeHtml(page.heading)}</h1>
<p class="status">${escapeHtml(page.status)}</p>
${page.notes.map((note) => `<p class="note">${escapeHtml(note)}</p>`).join('\n')}
${buttons.length === 0 ? '' : `<p class="buttons">${buttons.join('\n')}</p>`}
<div class="sides">
${page.sides.map((side) => writeSide(side, t)).join('\n')}
</div>
</main>
</body>
</html>`;
}

function writeSide({ title, facts, preview }: PageSide, t: Translate): string {
  return `<section>
<h2>${escapeHtml(title)}</h2>
<dl>
${facts.map(writeFact).join('\n')}
</dl>
${preview === undefined ? '' : writePreview(preview, title, t)}
</section>`;
}

function writeFact({ label, value, isChanged }: PageFact): string {
  const mark = isChanged ? ' class="changed"' : '';
  return `<div><dt>${escapeHtml(label)}</dt><dd${mark}>${escapeHtml(value)}</dd></div>`;
}

function writePreview(preview: Preview, title: string, t: Translate): string {
  if (preview.kind === 'image') {
    const alt = t('Preview: {0}, {1} × {2} pixels', title, preview.width, preview.height);
    return `<img src="${preview.source}" alt="${escapeHtml(alt)}">`;
  }
  const why =
    preview.reason === 'too-large'
      ? t('The picture is too large to be shown here.')
      : t('The picture cannot be shown: its format is not what its name says.');
  return `<p class="status">${escapeHtml(why)}</p>`;
}

function button(command: string, uri: string, label: string, kind: string): string {
  const link = `command:${command}?${encodeURIComponent(JSON.stringify([uri]))}`;
  return `<a class="button ${kind}" href="${escapeHtml(link)}">${escapeHtml(label)}</a>`;
}

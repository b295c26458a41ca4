import { readFile } from 'node:fs/promises';
import { fromRoot } from './paths.mjs';

/** Menus of stable VS Code that an extension may contribute to; the editor of the tests accepts proposed ones too. */
const STABLE_MENU =
  /^(commandPalette|(editor|explorer|extension|webview|scm|debug|terminal|testing|timeline|notebook|comments|view|file|touchBar|interactive|issue)(\/[\w-]+)*|airlock\.[\w.]+)$/;
const PROPOSED_MENU =
  /^(editor\/(content|inlineCompletions\/actions)|scm\/(inputBox|sourceControl\/title|historyItem.*)|comments\/comment\/editorActions|view\/sash|chat\/.*|webview\/(?!context).*|file\/share|issue\/reporter)$/;

/** Throws when package.json asks for an API that stock VS Code refuses. */
export async function checkManifest() {
  const manifest = JSON.parse(await readFile(fromRoot('package.json'), 'utf8'));
  if (manifest.enabledApiProposals)
    throw new Error('package.json names enabledApiProposals: stock VS Code refuses them.');
  const menus = Object.keys(manifest.contributes?.menus ?? {});
  const refused = menus.filter((id) => !STABLE_MENU.test(id) || PROPOSED_MENU.test(id));
  if (refused.length > 0)
    throw new Error(`package.json contributes to menus that are not stable: ${refused.join(', ')}`);
}

import { runInExtensionHost } from './extension-host.mjs';
import { fromRoot } from './paths.mjs';

const MARK = 'AIRLOCK_ACTIVATION ';

/**
 * What the extension's activation costs in a real extension host, as the JSON that its test prints.
 * @param {{codeServer: import('../setup/code-server.mjs').CodeServer, chromium: string}} editor
 * @returns {Promise<string>}
 */
export async function measureActivation(editor) {
  /** @type {string | undefined} */
  let figures;
  const { failures } = await runInExtensionHost({
    ...editor,
    extension: fromRoot(),
    tests: fromRoot('out/test/extension/index.js'),
    grep: 'activation takes',
    timeoutMs: 2 * 60_000,
    print: (line) => {
      if (line.startsWith(MARK)) figures = line.slice(MARK.length).trim();
      else if (line.trim() !== '') console.error(line);
    },
  });
  if (figures === undefined) throw new Error(`the activation test printed no figure (${failures} failures)`);
  return figures;
}

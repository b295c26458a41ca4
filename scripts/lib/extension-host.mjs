import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { launchBrowser } from './browser.mjs';
import { startEditor } from './editor.mjs';
import { fromRoot } from './paths.mjs';
import { parseResult } from './result-file.mjs';

const MARK = 'AIRLOCK_TEST_RESULT ';

/** Everything the workbench prints is kept here; the terminal gets what is not the workbench's own chatter. */
const LOG_FILE = fromRoot('test-output', 'extension-host.log');
const NOISE =
  /^(\[(AgentHost|RemoteAgentHost|ChatModelSelection|Service Worker|reconnection-grace-time|AccountPolicyGate)|Creating a socket|Resolv(ed|ing) connection token|(Updating|Ignoring fetching) additional builtin|Cannot find module '\.\/build\/Release|Error: Could not locate the bindings file|getaddrinfo ENOTFOUND)/;

/**
 * @typedef {{
 *   codeServer: import('../setup/code-server.mjs').CodeServer, chromium: string,
 *   extension: string, tests: string, timeoutMs: number, grep?: string | undefined,
 *   print?: (line: string) => void,
 * }} HostOptions
 */

/**
 * Runs a test module (exporting `run()`) in the extension host of a real editor, with the extension loaded from
 * its folder, and returns the totals that the module printed.
 * @param {HostOptions} options
 * @returns {Promise<import('./result-file.mjs').TierResult>}
 */
export async function runInExtensionHost(options) {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'airlock-host-'));
  const workspace = path.join(dir, 'workspace');
  await mkdir(workspace);
  const editor = await startEditor({
    codeServer: options.codeServer,
    workspace,
    userDataDir: path.join(dir, 'user'),
    extensionsDir: path.join(dir, 'extensions'),
    extraArgs: ['--vscode-option', 'enable-smoke-test-driver', '--disable-workspace-trust'],
    ...(options.grep && { env: { AIRLOCK_TEST_GREP: options.grep } }),
  });
  try {
    return await drive(editor.url, options);
  } catch (error) {
    throw new Error(`${/** @type {Error} */ (error).message}\n${editor.output().slice(-4000)}`, {
      cause: error,
    });
  } finally {
    await editor.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

/** @param {string} url @param {HostOptions} options */
async function drive(url, options) {
  const { print = console.log } = options;
  const browser = await launchBrowser(options.chromium);
  /** @type {string[]} */
  const all = [];
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  try {
    const page = await browser.newPage();
    /** @type {import('./result-file.mjs').TierResult | undefined} */
    let totals;
    await page.exposeFunction(
      'codeAutomationLog',
      (/** @type {string} */ type, /** @type {unknown[]} */ args) => {
        const text = args.map((arg) => (typeof arg === 'string' ? arg : JSON.stringify(arg))).join(' ');
        all.push(`${type} ${text}`);
        const at = text.indexOf(MARK);
        if (at >= 0) totals = parseResult(text.slice(at + MARK.length).split('\n')[0] ?? '');
        else if (!NOISE.test(text)) print(text);
      },
    );
    const code = await new Promise((resolve, reject) => {
      const fail = () =>
        reject(new Error(`the tests in the extension host did not end within ${options.timeoutMs / 1000} s`));
      timer = setTimeout(fail, options.timeoutMs);
      page.on('crash', () => reject(new Error('the browser page crashed')));
      page
        .exposeFunction('codeAutomationExit', (/** @type {number} */ exitCode) => resolve(exitCode))
        .then(() => page.goto(`${url}&payload=${payload(options)}`))
        .catch(reject);
    });
    if (!totals)
      throw new Error(`the extension host ended with code ${code} and printed no ${MARK.trim()} line`);
    // A crash after the summary must not look like success.
    return code === 0 || totals.failures > 0 ? totals : { ...totals, failures: 1 };
  } finally {
    clearTimeout(timer);
    await browser.close();
    await mkdir(path.dirname(LOG_FILE), { recursive: true });
    await writeFile(LOG_FILE, all.join('\n'));
  }
}

/** @param {HostOptions} options */
function payload({ extension, tests }) {
  const remote = (/** @type {string} */ file) => `vscode-remote://remote${file}`;
  const entries = [
    ['extensionDevelopmentPath', remote(extension)],
    ['extensionTestsPath', remote(tests)],
  ];
  return encodeURIComponent(JSON.stringify(entries));
}

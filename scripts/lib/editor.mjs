import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { endGroup } from './process-group.mjs';
import { cleanEnv, run } from './run.mjs';

const READY_WITHIN_MS = 60_000;
const ENDED_WITHIN_MS = 10_000;

/** No call to a host outside, and no page that covers the work. */
const QUIET_SETTINGS = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'remote.autoForwardPorts': false,
  'security.workspace.trust.startupPrompt': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

const QUIET_ENV = {
  // A gallery without an address: nothing is looked up outside.
  EXTENSIONS_GALLERY: '{}',
  // The TypeScript server is no part of the installation, and its extension complains about that.
  VSCODE_SKIP_BUILTIN_EXTENSIONS: 'vscode.typescript-language-features,github.copilot-chat',
};

/**
 * @typedef {import('../setup/code-server.mjs').CodeServer} CodeServer
 * @typedef {{
 *   codeServer: CodeServer, workspace: string, extensionsDir: string, userDataDir: string,
 *   extraArgs?: string[], settings?: Record<string, unknown>, env?: NodeJS.ProcessEnv,
 * }} EditorOptions
 * @typedef {{url: string, pid: number | undefined, output(): string, stop(): Promise<void>}} Editor
 */

/**
 * Starts VS Code as a server on a free port of 127.0.0.1 and waits until it listens.
 * `url` opens the workspace. All of its files stay below `userDataDir`.
 * @param {EditorOptions} options
 * @returns {Promise<Editor>}
 */
export async function startEditor(options) {
  const { codeServer, workspace, userDataDir, extraArgs = [], settings, env = {} } = options;
  // Settings of scope `machine` are read from the second of these.
  for (const scope of ['User', 'Machine']) {
    await mkdir(path.join(userDataDir, scope), { recursive: true });
    const text = JSON.stringify({ ...QUIET_SETTINGS, ...settings }, null, 2);
    await writeFile(path.join(userDataDir, scope, 'settings.json'), text);
  }
  const args = [
    ...commonArgs(options),
    ...['--auth', 'none', '--bind-addr', '127.0.0.1:0', '--disable-telemetry', '--disable-update-check'],
    ...['--disable-getting-started-override', ...extraArgs, workspace],
  ];
  const child = spawn(codeServer.node, args, {
    detached: true,
    env: editorEnv(userDataDir, env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const endWithParent = () => endGroup(child.pid);
  process.once('exit', endWithParent);
  let output = '';
  const ended = new Promise((resolve) => child.once('close', resolve));
  const stop = async () => {
    process.removeListener('exit', endWithParent);
    endGroup(child.pid, 'SIGTERM');
    const timer = setTimeout(() => endGroup(child.pid), ENDED_WITHIN_MS);
    await ended;
    clearTimeout(timer);
    endGroup(child.pid);
  };
  try {
    const address = await new Promise((resolve, reject) => {
      const read = (/** @type {Buffer} */ chunk) => {
        output = (output + chunk).slice(-256 * 1024);
        const found = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(output);
        if (found) resolve(found[1]);
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('error', reject);
      child.once('close', (code) =>
        reject(new Error(`the editor ended with exit code ${code}:\n${output.slice(-2000)}`)),
      );
      setTimeout(
        () => reject(new Error(`the editor does not listen after a minute:\n${output.slice(-2000)}`)),
        READY_WITHIN_MS,
      ).unref();
    });
    const url = `${address}/?folder=${encodeURIComponent(workspace)}`;
    return { url, pid: child.pid, output: () => output, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Installs a packaged extension for a later startEditor with the same folders.
 * @param {Omit<EditorOptions, 'workspace'>} options
 * @param {string} vsix
 */
export async function installVsix(options, vsix) {
  await mkdir(options.userDataDir, { recursive: true });
  const args = [...commonArgs(options), '--install-extension', vsix, '--force'];
  const result = await run(options.codeServer.node, args, {
    env: editorEnv(options.userDataDir),
    timeoutMs: 120_000,
  });
  if (!/successfully installed/.test(result.output))
    throw new Error(`${vsix} was not installed:\n${result.output}`);
}

/** @param {Pick<EditorOptions, 'codeServer' | 'extensionsDir' | 'userDataDir'>} options */
function commonArgs({ codeServer, extensionsDir, userDataDir }) {
  const config = path.join(userDataDir, 'code-server.yaml');
  return [
    codeServer.entry,
    '--config',
    config,
    '--user-data-dir',
    userDataDir,
    '--extensions-dir',
    extensionsDir,
  ];
}

/** @param {string} userDataDir @param {NodeJS.ProcessEnv} [extra] */
function editorEnv(userDataDir, extra) {
  const env = cleanEnv({ XDG_DATA_HOME: userDataDir, XDG_CONFIG_HOME: userDataDir, ...extra });
  // Set inside another editor's terminal, these would make the server act as that editor's client.
  for (const name of Object.keys(env))
    if (/^(VSCODE_|CODE_SERVER_)/.test(name) || name === 'PORT') delete env[name];
  return { ...env, ...QUIET_ENV };
}

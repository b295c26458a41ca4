import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cached } from '../lib/cache.mjs';
import { startEditor } from '../lib/editor.mjs';
import { cleanEnv, findProgram, run, tryRun } from '../lib/run.mjs';
import { canInstallPackages, installPackages } from './debian.mjs';

const VERSION = '4.139.1';
const COMPILER = ['g++', 'make', 'python3'];

/** @typedef {{node: string, entry: string}} CodeServer */

/**
 * Real VS Code as a server, from npm. Of its native parts only the logger is built: without it
 * every log output channel stays empty.
 * @param {string} node24
 * @param {import('../lib/log.mjs').Log} log
 * @returns {Promise<CodeServer>}
 */
export async function ensureCodeServer(node24, log) {
  const packageDir = path.join('node_modules', 'code-server');
  const dir = await cached('code-server', [VERSION, process.arch, 'logger'], async (temp) => {
    log.info(`installing code-server ${VERSION} (about a minute)`);
    await writeFile(path.join(temp, 'package.json'), '{"private":true}');
    await install(node24, temp, `code-server@${VERSION}`);
    await install(node24, path.join(temp, packageDir));
    await install(node24, path.join(temp, packageDir, 'lib/vscode'));
    await buildLogger(node24, path.join(temp, packageDir, 'lib/vscode'), log);
    await proveItStarts({ node: node24, entry: entryIn(path.join(temp, packageDir)) }, temp);
  });
  return { node: node24, entry: entryIn(path.join(dir, packageDir)) };
}

/** @param {string} node24 @param {string} cwd @param {...string} specs */
async function install(node24, cwd, ...specs) {
  const args = [
    'install',
    '--omit=dev',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--legacy-peer-deps',
    ...specs,
  ];
  await run('npm', args, { cwd, env: envWith(node24), timeoutMs: 10 * 60_000 });
}

/** @param {string} node24 @param {string} cwd @param {import('../lib/log.mjs').Log} log */
async function buildLogger(node24, cwd, log) {
  const missing = () => COMPILER.some((name) => findProgram(name) === undefined);
  if (missing() && canInstallPackages()) await installPackages(COMPILER, log);
  if (missing())
    return log.info(`no ${COMPILER.join(', ')} here: log output channels will be empty in this editor`);
  // The folder of this Node has its headers, so nothing is downloaded.
  const env = { ...envWith(node24), npm_config_nodedir: path.dirname(path.dirname(node24)) };
  const result = await tryRun('npm', ['rebuild', '@vscode/spdlog'], { cwd, env, timeoutMs: 5 * 60_000 });
  if (existsSync(path.join(cwd, 'node_modules/@vscode/spdlog/build/Release/spdlog.node'))) return;
  log.info(
    `the editor's logger was not built, its log output channels will be empty:\n${result.output.slice(-1000)}`,
  );
}

/** @param {string} node24 */
function envWith(node24) {
  return cleanEnv({ PATH: `${path.dirname(node24)}:${process.env.PATH ?? ''}` });
}

/** @param {string} packageDir */
function entryIn(packageDir) {
  return path.join(packageDir, 'out/node/entry.js');
}

/** @param {CodeServer} codeServer @param {string} temp */
async function proveItStarts(codeServer, temp) {
  const data = path.join(temp, 'proof');
  await mkdir(data);
  const editor = await startEditor({
    codeServer,
    workspace: data,
    extensionsDir: path.join(data, 'extensions'),
    userDataDir: path.join(data, 'user'),
  });
  try {
    const { status } = await fetch(editor.url, { signal: AbortSignal.timeout(30_000) });
    if (status !== 200) throw new Error(`code-server answers with status ${status}`);
  } finally {
    await editor.stop();
    await rm(data, { recursive: true, force: true });
  }
}

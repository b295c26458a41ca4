import { findProgram } from '../lib/run.mjs';
import { canInstallPackages, installPackages } from './debian.mjs';
import { endpoints, hostOf, request } from './engine-api.mjs';
import { startDaemon } from './engine-daemon.mjs';

const PACKAGES = ['docker.io', 'containerd', 'runc', 'iptables'];
const PROGRAMS = ['dockerd', 'containerd', 'runc', 'iptables'];

/**
 * Finds a container engine that answers, or installs and starts one.
 * Sets DOCKER_HOST for child processes when the engine is not at the usual place.
 * @param {import('../lib/log.mjs').Log} log
 * @returns {Promise<import('./engine-api.mjs').Endpoint>}
 */
export async function ensureEngine(log) {
  const found = await findEngine();
  if (found.endpoint) return use(found.endpoint, log);
  if (process.env.DOCKER_HOST || !canInstallPackages()) throw new Error(explain(found.failures));
  if (PROGRAMS.some((name) => findProgram(name) === undefined)) await installPackages(PACKAGES, log);
  await startDaemon(async () => (await findEngine()).endpoint !== undefined, log);
  const started = await findEngine();
  if (!started.endpoint) throw new Error(explain(started.failures));
  return use(started.endpoint, log);
}

/** @returns {Promise<{endpoint?: import('./engine-api.mjs').Endpoint, failures: string[]}>} */
async function findEngine() {
  /** @type {string[]} */
  const failures = [];
  for (const endpoint of endpoints()) {
    try {
      const { status } = await request(endpoint, 'GET', '/version');
      if (status === 200) return { endpoint, failures };
      failures.push(`${hostOf(endpoint)} answered with status ${status}`);
    } catch (error) {
      failures.push(`${hostOf(endpoint)}: ${/** @type {Error} */ (error).message}`);
    }
  }
  return { failures };
}

/** @param {import('./engine-api.mjs').Endpoint} endpoint @param {import('../lib/log.mjs').Log} log */
function use(endpoint, log) {
  const host = hostOf(endpoint);
  log.info(`engine at ${host}`);
  if (host !== 'unix:///var/run/docker.sock') process.env.DOCKER_HOST = host;
  return endpoint;
}

/** @param {string[]} failures */
function explain(failures) {
  const tried = failures.length > 0 ? failures.join('; ') : 'no engine socket was found';
  const denied = failures.some((text) => text.includes('EACCES'));
  const advice = denied
    ? "This user may not use the engine's socket: add the user to the `docker` group and log in again."
    : 'Install Docker Engine or Docker Desktop, start it, and check that `docker version` shows a server. ' +
      'As root on Debian or Ubuntu these scripts install and start it themselves.';
  return `No container engine answers (${tried}). ${advice}`;
}

import { existsSync } from 'node:fs';
import os from 'node:os';
import { request } from '../setup/engine-api.mjs';

const PRODUCT = 'dev.airlock.product=airlock';
const OWNER = 'dev.airlock.owner';
const SESSION = 'dev.airlock.session';

/**
 * @typedef {import('../setup/engine-api.mjs').Endpoint} Endpoint
 * @typedef {{path: string, labels: Record<string, string>}} Leftover
 */

/** Containers and volumes of one session. @param {Endpoint} engine @param {string} sessionId */
export async function findLeftovers(engine, sessionId) {
  return (await listOurs(engine)).filter(({ labels }) => labels[SESSION] === sessionId);
}

/** Removes what sessions left behind whose process on this machine has ended. @param {Endpoint} engine */
export async function removeLeftovers(engine) {
  const orphans = (await listOurs(engine)).filter(({ labels }) => isOrphan(labels[OWNER]));
  for (const { path } of orphans) await request(engine, 'DELETE', `${path}?force=true`, { idleMs: 30_000 });
  return orphans.length;
}

/** Containers first: a volume in use cannot be removed. @param {Endpoint} engine @returns {Promise<Leftover[]>} */
async function listOurs(engine) {
  const filters = encodeURIComponent(JSON.stringify({ label: [PRODUCT] }));
  const containers = await getJson(engine, `/containers/json?all=true&filters=${filters}`);
  const volumes = await getJson(engine, `/volumes?filters=${filters}`);
  return [
    ...containers.map((/** @type {{Id: string, Labels: Record<string, string>}} */ { Id, Labels }) => ({
      path: `/containers/${Id}`,
      labels: Labels,
    })),
    ...(volumes.Volumes ?? []).map(
      (/** @type {{Name: string, Labels: Record<string, string>}} */ { Name, Labels }) => ({
        path: `/volumes/${Name}`,
        labels: Labels,
      }),
    ),
  ];
}

/** An owner is `host:pid:start`. @param {string | undefined} owner */
function isOrphan(owner) {
  const [host, pid] = owner?.split(':') ?? [];
  return (
    host === os.hostname() && pid !== undefined && existsSync('/proc/self') && !existsSync(`/proc/${pid}`)
  );
}

/** @param {Endpoint} engine @param {string} path */
async function getJson(engine, path) {
  const { status, body } = await request(engine, 'GET', path, { idleMs: 15_000 });
  if (status !== 200) throw new Error(`the engine answered ${path} with status ${status}`);
  return JSON.parse(body);
}

import { existsSync, readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import os from 'node:os';
import path from 'node:path';

const SYSTEM_SOCKET = '/var/run/docker.sock';

/**
 * @typedef {{kind: 'socket', socketPath: string} | {kind: 'tcp', url: URL}} Endpoint
 * @typedef {{status: number, body: string}} Answer
 */

/** Where an engine may listen, best first. @returns {Endpoint[]} */
export function endpoints() {
  const named = process.env.DOCKER_HOST;
  if (named) return [parseEndpoint(named)];
  const runtime = process.env.XDG_RUNTIME_DIR;
  const sockets = [SYSTEM_SOCKET, path.join(os.homedir(), '.docker/run/docker.sock')];
  if (runtime) sockets.push(path.join(runtime, 'docker.sock'), path.join(runtime, 'podman/podman.sock'));
  return sockets.filter((file) => existsSync(file)).map((socketPath) => ({ kind: 'socket', socketPath }));
}

/** The endpoint in DOCKER_HOST's notation. @param {Endpoint} endpoint */
export function hostOf(endpoint) {
  return endpoint.kind === 'socket' ? `unix://${endpoint.socketPath}` : endpoint.url.href;
}

/**
 * One request to the engine's API. `onLine` sees the body's lines as they arrive.
 * The request fails when the engine is silent for `idleMs`.
 * @param {Endpoint} endpoint
 * @param {string} method
 * @param {string} pathAndQuery
 * @param {{body?: NodeJS.ReadableStream, type?: string, idleMs?: number, onLine?: (line: string) => void}} [options]
 * @returns {Promise<Answer>}
 */
export function request(endpoint, method, pathAndQuery, options = {}) {
  const { body, type, idleMs = 3000, onLine } = options;
  const headers = type ? { 'content-type': type } : {};
  return new Promise((resolve, reject) => {
    const onResponse = (/** @type {http.IncomingMessage} */ response) => {
      let text = '';
      let rest = '';
      response.setEncoding('utf8');
      response.on('data', (/** @type {string} */ chunk) => {
        text = (text + chunk).slice(-256 * 1024);
        const lines = (rest + chunk).split('\n');
        rest = lines.pop() ?? '';
        if (onLine) lines.forEach(onLine);
      });
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
    };
    const outgoing = open(endpoint, { method, path: pathAndQuery, headers, timeout: idleMs }, onResponse);
    outgoing.on('timeout', () => outgoing.destroy(new Error(`the engine was silent for ${idleMs} ms`)));
    outgoing.on('error', reject);
    if (!body) return void outgoing.end();
    body.on('error', (error) => outgoing.destroy(error));
    body.pipe(outgoing);
  });
}

/**
 * @param {Endpoint} endpoint
 * @param {http.RequestOptions} options
 * @param {(response: http.IncomingMessage) => void} onResponse
 */
function open(endpoint, options, onResponse) {
  if (endpoint.kind === 'socket') {
    return http.request({ ...options, socketPath: endpoint.socketPath, agent: false }, onResponse);
  }
  const target = { ...options, host: endpoint.url.hostname, port: endpoint.url.port };
  if (!process.env.DOCKER_TLS_VERIFY) return http.request(target, onResponse);
  const certificates = process.env.DOCKER_CERT_PATH ?? path.join(os.homedir(), '.docker');
  const read = (/** @type {string} */ name) => readFileSync(path.join(certificates, name));
  return https.request(
    { ...target, ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') },
    onResponse,
  );
}

/** @param {string} text @returns {Endpoint} */
function parseEndpoint(text) {
  if (text.startsWith('unix://')) return { kind: 'socket', socketPath: text.slice('unix://'.length) };
  if (text.startsWith('tcp://')) return { kind: 'tcp', url: new URL(text) };
  throw new Error(
    `DOCKER_HOST=${text} cannot be used by the set-up scripts: they speak unix:// and tcp://. ` +
      'Forward the remote socket to a local one and name that instead.',
  );
}

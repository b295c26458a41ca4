import type Docker from 'dockerode';

/**
 * One GET of the Engine API, ended with the signal: dockerode's own methods leave a request to an engine that hangs open,
 * which keeps the process alive. A body that is no JSON comes as a Buffer; any status but 200 is thrown.
 */
export function getJson(docker: Docker, path: string, abortSignal: AbortSignal): Promise<unknown> {
  const statusCodes = { 200: true, 404: 'not found', 500: 'server error' };
  return new Promise((resolve, reject) => {
    docker.modem.dial({ path, method: 'GET', abortSignal, statusCodes }, (error: unknown, answer: unknown) =>
      error ? reject(error) : resolve(answer),
    );
  });
}

import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findLeftovers, removeLeftovers } from './leftovers.mjs';
import { formatSeconds } from './log.mjs';
import { fromRoot } from './paths.mjs';
import { tryRun } from './run.mjs';
import { diffStat, PROMPT, verifyResult } from './sample-project.mjs';
import { untilSignal } from './signals.mjs';

/** @typedef {{type?: string, [key: string]: unknown}} CliEvent */

/**
 * The whole job through the `airlock` command, and a check of what landed. Returns what went wrong.
 * @param {import('../demo.mjs').Stage} stage
 * @returns {Promise<string[]>}
 */
export async function demoHeadless({ dir, project, model, engine }) {
  const keyFile = path.join(dir, 'key');
  await writeFile(keyFile, model.key ?? '', { mode: 0o600 });
  /** @type {CliEvent | undefined} */
  let result;
  const args = [
    ...[fromRoot('dist', 'cli.js'), 'run', '--workspace', project, '--prompt', PROMPT],
    ...['--provider', 'anthropic', '--model', model.name, '--model-url', model.url, '--key-file', keyFile],
    ...['--state-dir', path.join(dir, 'state'), '--approve', 'all', '--timeout', '300', '--json'],
  ];
  // The command removes its container itself when it is given the time.
  const interrupted = new AbortController();
  void untilSignal().then(() => interrupted.abort());
  const ended = await tryRun(process.execPath, args, {
    timeoutMs: 6 * 60_000,
    stop: interrupted.signal,
    onLine: (line) => {
      const event = parseEvent(line);
      if (event.type === 'result') result = event;
      else show(event);
    },
  });
  if (interrupted.signal.aborted) {
    return [`interrupted; ${await removeLeftovers(engine)} leftovers removed`];
  }
  if (!result)
    return [`airlock ended with exit code ${ended.code} and no result:\n${ended.output.slice(-2000)}`];
  const problems = ended.code === 0 ? [] : [`airlock ended with exit code ${ended.code}: ${result.detail}`];
  console.log(`\n${await diffStat(project)}`);
  problems.push(...(await verifyResult(project)));
  const left = await findLeftovers(engine, String(result.sessionId));
  if (left.length > 0) problems.push(`left in the engine: ${left.map((item) => item.path).join(', ')}`);
  else console.log('Nothing of the session is left in the engine.');
  return problems;
}

/** @param {string} line @returns {CliEvent} */
function parseEvent(line) {
  try {
    return JSON.parse(line);
  } catch {
    // Not an event: shown as it came.
    return { type: 'line', line };
  }
}

/** @param {CliEvent} event */
function show(event) {
  if (event.type === 'phase') {
    const detail = event.detail ? `: ${event.detail}` : '';
    console.log(`${formatSeconds(Number(event.atMs)).padStart(9)}  ${event.phase}${detail}`);
  }
  if (event.type === 'tool') console.log(`           • ${event.title}`);
  if (event.type === 'decision' && event.decision !== 'allow')
    console.log(`             ${event.decision}: ${event.reason}`);
  if (event.type === 'change')
    console.log(`           ${event.status} ${event.path} +${event.added} −${event.removed}`);
  if (event.type === 'notice' || event.type === 'line') console.log(`           ${event.text ?? event.line}`);
}

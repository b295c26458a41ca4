import { isOlder, MINIMUM_API } from '../../sandbox/engine-api.js';
import { onEngine } from './on-engine.js';

/** Whether the engine speaks an API that has all that a sandbox is made with. */
export const versionCheck = onEngine('version', 'Engine version', ({ version, apiVersion }) => {
  const is = `The engine is version ${version} and speaks API ${apiVersion}`;
  if (!isOlder(apiVersion, MINIMUM_API)) return { status: 'ok', reason: `${is}.` };
  return {
    status: 'fail',
    reason: `${is}; Airlock needs API ${MINIMUM_API} or newer, so no session starts.`,
    fix: 'Update Docker Engine to 20.10 or newer.',
  };
});

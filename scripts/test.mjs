// npm test: sets up what is missing, checks, builds, and runs every tier (or one: --tier NAME [--grep TEXT]).
import { mkdir, rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { createLog, formatSeconds } from './lib/log.mjs';
import { fromRoot } from './lib/paths.mjs';
import { readResult } from './lib/result-file.mjs';
import { cleanEnv, run, tryRun } from './lib/run.mjs';
import { exitOnSignals } from './lib/signals.mjs';
import { TIERS } from './lib/tiers.mjs';
import { build, MODEL_SERVER, packageVsix } from './lib/vsix.mjs';
import { ensureBasics, ensureRealParts } from './setup/all.mjs';

exitOnSignals();
const { values } = parseArgs({ options: { tier: { type: 'string' }, grep: { type: 'string' } } });
const log = createLog();
const tiers = TIERS.filter(({ name }) => values.tier === undefined || values.tier === name);
if (tiers.length === 0) {
  console.error(`There is no tier ${values.tier}. Tiers: ${TIERS.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}
let passed = 0;
let failed = 0;
await main();
for (const { name, ms } of log.steps) console.log(`${formatSeconds(ms).padStart(9)}  ${name}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

async function main() {
  const needs = [...new Set(tiers.flatMap((tier) => tier.needs))];
  const basics = await attempt('set-up', () => ensureBasics(needs, log));
  if (!basics) return;
  const { node24 } = basics;
  // To fetch and make the real parts is mostly waiting; what needs none of them is tested meanwhile.
  const making = attempt('real parts', () => ensureRealParts(needs, node24, log));
  const built = await buildAndRunUnits(node24);
  const made = await making;
  if (!built || !made) return;
  const wantsVsix = tiers.some(({ vsix }) => vsix);
  const vsix = wantsVsix ? await attempt('package', () => packageVsix(node24, log)) : undefined;
  const env = {
    AIRLOCK_NODE24: node24,
    ...(made.codeServer && { AIRLOCK_CODE_SERVER: JSON.stringify(made.codeServer) }),
    ...(made.chromium && { AIRLOCK_CHROMIUM: made.chromium }),
    ...(vsix && { AIRLOCK_VSIX: vsix }),
  };
  for (const tier of tiers.filter(needsRealParts)) await attemptTier(tier, env);
}

/** Whether there is a build to test. @param {string} node24 */
async function buildAndRunUnits(node24) {
  if (values.tier === undefined) {
    await attempt('types', () => runTool('typescript/bin/tsc', ['--noEmit', '-p', '.']));
    await attempt('lint and format', () => runTool('@biomejs/biome/bin/biome', ['ci', '.']));
  }
  const built = await attempt('build', () => build({ tests: true }).then(() => true));
  if (!built) return false;
  await mkdir(fromRoot('test-output'), { recursive: true });
  for (const tier of tiers.filter((tier) => !needsRealParts(tier)))
    await attemptTier(tier, { AIRLOCK_NODE24: node24 });
  return true;
}

/** @param {import('./lib/tiers.mjs').Tier} tier */
function needsRealParts({ needs }) {
  return needs.some((need) => need !== 'tools');
}

/** @param {import('./lib/tiers.mjs').Tier} tier @param {NodeJS.ProcessEnv} env */
function attemptTier(tier, env) {
  return attempt(`tests: ${tier.name}`, () =>
    runTier(tier, cleanEnv({ AIRLOCK_MODEL_SERVER: MODEL_SERVER, ...env })),
  );
}

/** @param {import('./lib/tiers.mjs').Tier} tier @param {NodeJS.ProcessEnv} env */
async function runTier(tier, env) {
  const resultFile = fromRoot('test-output', `${tier.name}.json`);
  await rm(resultFile, { force: true });
  const { code, timedOut } = await tryRun(
    process.execPath,
    [...tier.args, ...(values.grep ? [values.grep] : [])],
    {
      cwd: fromRoot(),
      env: { ...env, AIRLOCK_RESULT_FILE: resultFile },
      timeoutMs: tier.timeoutMs,
      live: true,
    },
  );
  const result = await readResult(resultFile);
  passed += result?.passes ?? 0;
  failed += result?.failures ?? 0;
  if (timedOut) throw new Error(`did not end within ${tier.timeoutMs / 60_000} minutes`);
  if (!result) throw new Error(`ended with exit code ${code} and reported no totals`);
  if (result.passes + result.failures === 0) throw new Error('ran no test');
  if (code !== 0 && result.failures === 0)
    throw new Error(`ended with exit code ${code} after its tests passed`);
}

/** Runs one part; an error is printed and counts as one failure. @template T @param {string} name @param {() => Promise<T>} work */
async function attempt(name, work) {
  try {
    return await log.step(name, work);
  } catch (error) {
    failed += 1;
    console.error(`${name} failed: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
}

/** @param {string} program below node_modules @param {string[]} args */
function runTool(program, args) {
  return run(process.execPath, [fromRoot('node_modules', program), ...args], {
    cwd: fromRoot(),
    timeoutMs: 5 * 60_000,
  });
}

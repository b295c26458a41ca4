import { existsSync } from 'node:fs';
import { findProgram } from '../lib/run.mjs';
import { canInstallPackages, installPackages } from './debian.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** Path of a Chromium. AIRLOCK_CHROMIUM names another one. @param {import('../lib/log.mjs').Log} log */
export async function ensureChromium(log) {
  const named = process.env.AIRLOCK_CHROMIUM;
  if (named && !existsSync(named)) throw new Error(`AIRLOCK_CHROMIUM=${named} does not exist.`);
  const found = named ?? findBrowser();
  if (found) return found;
  if (canInstallPackages()) await installPackages(['chromium'], log);
  const installed = findBrowser();
  if (installed) return installed;
  throw new Error(
    'The browser tests need Chromium: install it (Debian: apt-get install chromium), or name one in AIRLOCK_CHROMIUM.',
  );
}

function findBrowser() {
  return NAMES.map((name) => findProgram(name)).find((file) => file !== undefined);
}

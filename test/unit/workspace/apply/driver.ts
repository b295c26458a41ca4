import { readFile } from 'node:fs/promises';
import { Applier } from '../../../../src/workspace/apply/applier.js';
import { BlobStore } from '../../../../src/workspace/blob-store.js';

/** A process of its own that applies, to be killed. usage: apply-driver (apply|recover) STATE_DIR ROOT SESSION_DIR ITEMS_FILE */
const [mode, stateDir = '', root = '', sessionDir = '', itemsFile = ''] = process.argv.slice(2);
void main();

async function main(): Promise<void> {
  const applier = new Applier(stateDir, root);
  if (mode === 'recover') return applier.recover();
  const blobs = new BlobStore(sessionDir);
  const items = JSON.parse(await readFile(itemsFile, 'utf8'));
  const outcomes = await applier.apply('test', items, (sha) => blobs.get(sha));
  process.exitCode = outcomes.every(({ kind }) => kind === 'applied') ? 0 : 1;
}

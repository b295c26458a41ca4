import { OpenDirs } from './open-dirs.js';
import { groupBy } from './scan.js';
import { placesOf, type Step } from './step.js';
import { removeTemp } from './write-temp.js';

/** Removes every name of ours that the steps left in the workspace. */
export async function cleanUp(root: string, steps: readonly Step[]): Promise<void> {
  const dirs = new OpenDirs(root);
  try {
    for (const [at, places] of groupBy(steps.flatMap(placesOf), ({ dir }) => dir)) {
      const dir = await dirs.find(at);
      if (dir === undefined) continue;
      for (const { name } of places) await removeTemp(dir, name);
      dirs.changed(at);
    }
    await dirs.flush();
  } finally {
    await dirs.abandon();
  }
}

import { OpenDirs, WIDE } from './open-dirs.js';
import type { Place } from './step.js';
import { removeTemp } from './write-temp.js';

/** Removes names of ours from the workspace. */
export async function cleanUp(root: string, places: readonly Place[]): Promise<void> {
  const dirs = new OpenDirs(root);
  try {
    const remove = async ({ dir: at, name }: Place) => {
      const dir = await dirs.find(at);
      if (dir === undefined) return;
      await removeTemp(dir, name);
      dirs.changed(at);
    };
    await dirs.each(places, remove, WIDE);
    await dirs.flush();
  } finally {
    await dirs.abandon();
  }
}

import { stat } from 'node:fs/promises';

export interface Size {
  readonly name: string;
  readonly kilobytes: number;
}

/** Sizes of what is shipped; a file that has not been built is left out. */
export async function measureSizes(): Promise<readonly Size[]> {
  const files = [
    'dist/airlock.vsix',
    'dist/extension.js',
    'dist/core.js',
    'dist/cli.js',
    'dist/guest/tool-proxy.js',
  ];
  const sizes = await Promise.all(
    files.map(async (name) => {
      const found = await stat(name).catch(() => undefined);
      return found === undefined ? [] : [{ name, kilobytes: Math.round(found.size / 1024) }];
    }),
  );
  return sizes.flat();
}

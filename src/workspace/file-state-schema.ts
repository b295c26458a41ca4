import * as z from 'zod';

/** A path as it is stored. */
export const storedPath = z.string().min(1).max(4096);

/** A `FileState` as it is stored. */
export const storedState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('absent') }),
  z.object({
    kind: z.literal('file'),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    size: z.int().min(0),
    mode: z.int().min(0).max(0o7777),
  }),
  z.object({ kind: z.literal('symlink'), target: z.string().max(4096) }),
  z.object({ kind: z.literal('directory') }),
]);

import { z } from 'zod';

const shape = z.object({
  AIRLOCK_VSIX: z.string({ error: 'AIRLOCK_VSIX is missing: run this tier with `npm test -- --tier e2e`' }),
  AIRLOCK_CODE_SERVER: z.string(),
  AIRLOCK_CHROMIUM: z.string(),
});

/** What scripts/test.mjs set up for this tier. */
export function readEnvironment() {
  const env = shape.parse(process.env);
  return {
    vsix: env.AIRLOCK_VSIX,
    chromium: env.AIRLOCK_CHROMIUM,
    codeServer: z.object({ node: z.string(), entry: z.string() }).parse(JSON.parse(env.AIRLOCK_CODE_SERVER)),
  };
}

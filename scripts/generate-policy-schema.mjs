// Writes media/policy.schema.json and media/settings.schema.json from the policy's own schema.
// usage: node scripts/generate-policy-schema.mjs
import { rm, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import esbuild from 'esbuild';
import { fromRoot } from './lib/paths.mjs';
import { run } from './lib/run.mjs';

const bundle = fromRoot('out', 'policy-schema.mjs');
await esbuild.build({
  entryPoints: [fromRoot('src', 'policy/schema-files.ts')],
  bundle: true,
  platform: 'node',
  format: 'esm',
  outfile: bundle,
  logLevel: 'warning',
  // What is bundled as CommonJS asks for Node's own modules.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
});
try {
  const { schemaFiles } = await import(pathToFileURL(bundle).href);
  for (const [name, text] of Object.entries(schemaFiles())) await writeFile(fromRoot('media', name), text);
  await run(fromRoot('node_modules', '.bin/biome'), ['format', '--write', fromRoot('media')], {
    cwd: fromRoot(),
  });
} finally {
  await rm(bundle, { force: true });
}

// Starts Codex's ACP adapter with a list of models that has the wanted one, its own tools off like the others'.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const wanted = process.env.AIRLOCK_MODEL;
const { models } = JSON.parse(readFileSync('/opt/agent/models.json', 'utf8'));
const known = models.some(({ slug }) => slug === wanted);
const all = known ? models : [{ ...models[0], slug: wanted, display_name: wanted }, ...models];
writeFileSync(join(process.env.CODEX_HOME, 'models.json'), JSON.stringify({ models: all }));
process.argv[1] = '/opt/agent/node_modules/@agentclientprotocol/codex-acp/dist/index.js';
await import(process.argv[1]);

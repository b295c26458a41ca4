import { parseArgs } from 'node:util';
import { loadScript } from './script.js';
import { startModelServer } from './server.js';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      script: { type: 'string' },
      key: { type: 'string' },
      log: { type: 'string' },
    },
  });
  if (values.script === undefined)
    throw new Error('usage: model-server --script FILE [--port N] [--key KEY] [--log FILE]');
  const server = await startModelServer({
    script: (await loadScript(values.script)).map((turn) => [...turn]),
    port: Number(values.port),
    ...(values.key === undefined ? {} : { expectKey: values.key }),
    ...(values.log === undefined ? {} : { log: values.log }),
  });
  process.stdout.write(`${JSON.stringify({ url: server.url })}\n`);
  const stop = () => void server.close().then(() => process.exit(0));
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});

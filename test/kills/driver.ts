import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { silentLogger } from '../../src/base/logger.js';
import { defaultLimits } from '../../src/session/api.js';
import { createSandboxHost } from '../../src/session/host.js';

// One session as the extension host runs it, in a process that a test can kill: the same core, without the editor.
// Prints what it is told, a JSON line each.
async function main(): Promise<void> {
  const {
    workspace,
    stateDir,
    modelUrl,
    keyFile,
    version = 'kills',
  } = JSON.parse(process.argv[2] ?? '{}') as Record<string, string>;
  const key = await readFile(keyFile ?? '', 'utf8');
  const host = createSandboxHost({
    stateDir: stateDir ?? '',
    installDir: resolve('.'),
    version,
    key: async () => key,
    logger: silentLogger,
    confirm: async () => ({ kind: 'deny' }),
  });
  const print = (line: unknown) => process.stdout.write(`${JSON.stringify(line)}\n`);
  await host.recoverApplies();
  await host.reconcile();
  const session = await host.start({
    workspace: workspace ?? '',
    prompt: 'go on until you are killed',
    agent: { id: 'builtin' },
    provider: 'anthropic',
    model: 'scripted',
    modelUrl: modelUrl ?? '',
    strategy: 'auto',
    preset: 'unrestricted-in-sandbox',
    limits: { ...defaultLimits, keepSeconds: 0 },
    mask: [],
  });
  print({ session: session.id });
  session.onEvent((event) => {
    if (event.type === 'phase') print({ phase: event.phase });
    if (event.type === 'notice') print({ notice: event.text });
    if (event.type === 'changes') print({ captured: event.changes.map(({ path }) => path) });
  });
  const outcome = await session.done;
  print(outcome.kind === 'failed' ? { end: 'failed', cause: outcome.error.message } : { end: outcome.kind });
  await host.dispose();
}

main().catch((error: unknown) => {
  process.stdout.write(
    `${JSON.stringify({ end: 'failed', cause: error instanceof Error ? error.message : String(error) })}\n`,
  );
  process.exitCode = 1;
});

import * as assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { commandTable } from '../../src/ui/commands.js';
import { extensionId, getAirlock } from './airlock.js';

const ACTIVATION_MS = 50;

describe('activation', () => {
  it('loads no session core', async () => {
    const api = await getAirlock();
    assert.equal(api.isCoreLoaded(), false);
  });

  it(`takes at most ${ACTIVATION_MS} ms of processor time, loading included`, async () => {
    const api = await getAirlock();
    const bundle = bundlePath();
    const loads = [1, 2, 3].map(() => {
      delete require.cache[bundle];
      const begun = process.cpuUsage();
      require(bundle);
      const { user, system } = process.cpuUsage(begun);
      return (user + system) / 1000;
    });
    const total = Math.min(...loads) + api.activationCpuMs;
    console.log(
      `      loading ${loads.map((ms) => ms.toFixed(1)).join(', ')} ms, wiring ${api.activationCpuMs.toFixed(1)} ms`,
    );
    assert.ok(total <= ACTIVATION_MS, `activation took ${total} ms`);
  });

  it('has nothing heavy in its bundle', () => {
    const text = readFileSync(bundlePath(), 'utf8');
    for (const heavy of ['http2', 'dockerode', 'ZodError', 'tar-stream']) {
      assert.ok(!text.includes(heavy), `${heavy} is in the activation bundle`);
    }
  });

  it('registers every command of its table', async () => {
    await getAirlock();
    const registered = await vscode.commands.getCommands(true);
    for (const { id } of commandTable) assert.ok(registered.includes(id), `${id} is not registered`);
  });
});

function bundlePath(): string {
  const extension = vscode.extensions.getExtension(extensionId);
  assert.ok(extension);
  return path.join(extension.extensionPath, 'dist', 'extension.js');
}

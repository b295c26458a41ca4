import * as assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { z } from 'zod';
import { commandTable } from '../../src/ui/commands.js';
import { extensionId } from './airlock.js';

const manifestShape = z.object({
  enabledApiProposals: z.undefined().optional(),
  icon: z.string(),
  extensionKind: z.tuple([z.literal('workspace')]),
  capabilities: z.object({
    untrustedWorkspaces: z.object({ supported: z.literal(false), description: z.string() }),
    virtualWorkspaces: z.object({ supported: z.literal(false), description: z.string() }),
  }),
  contributes: z.object({
    commands: z.array(z.object({ command: z.string(), title: z.string(), category: z.literal('Airlock') })),
    menus: z.record(z.string(), z.array(z.object({ command: z.string(), when: z.string().optional() }))),
    keybindings: z.array(
      z.object({ command: z.string(), key: z.string(), mac: z.string(), when: z.string() }),
    ),
    configuration: z.object({ properties: z.record(z.string(), z.object({ scope: z.string() })) }),
    walkthroughs: z.array(
      z.object({ steps: z.array(z.object({ media: z.object({ svg: z.string() }) })).length(4) }),
    ),
  }),
});

describe('the manifest', () => {
  const root = vscode.extensions.getExtension(extensionId)?.extensionPath ?? '';
  const text = readFileSync(path.join(root, 'package.json'), 'utf8');
  const manifest = manifestShape.parse(JSON.parse(text));
  const { commands, menus, keybindings, configuration, walkthroughs } = manifest.contributes;

  it('names the same commands as the table', () => {
    assert.deepEqual(commands.map(({ command }) => command).sort(), commandTable.map(({ id }) => id).sort());
  });

  it('puts only known commands into menus and on keys', () => {
    const known = new Set(commandTable.map(({ id }) => id));
    for (const { command } of [...Object.values(menus).flat(), ...keybindings])
      assert.ok(known.has(command), command);
  });

  it('takes keys in an Airlock diff and in the tree of changes only', () => {
    for (const { command, when } of keybindings)
      assert.match(when, /^(airlock\.diffActive|focusedView == airlock\.changes && listFocus) && /, command);
  });

  it('lets no workspace set what could weaken the sandbox', () => {
    const free = new Set(['airlock.mask', 'airlock.review.autoAdvance', 'airlock.git.offerCommit']);
    for (const [key, { scope }] of Object.entries(configuration.properties)) {
      if (!free.has(key)) assert.ok(scope === 'machine' || scope === 'application', key);
    }
  });

  it('has a text for every placeholder and no text without one', () => {
    const texts = z
      .record(z.string(), z.string())
      .parse(JSON.parse(readFileSync(path.join(root, 'package.nls.json'), 'utf8')));
    const used = new Set([...text.matchAll(/"%([\w.-]+)%"/g)].map((match) => match[1]));
    assert.deepEqual([...used].sort(), Object.keys(texts).sort());
  });

  it('names pictures that are there', () => {
    const pictures = walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.svg));
    for (const file of [manifest.icon, ...pictures]) assert.ok(existsSync(path.join(root, file)), file);
  });
});

describe('the settings', () => {
  it('refuse a model address from the workspace', async () => {
    const config = vscode.workspace.getConfiguration('airlock');
    await assert.rejects(
      async () => config.update('modelUrl', 'https://example.com', vscode.ConfigurationTarget.Workspace),
      /modelUrl/,
    );
  });
});

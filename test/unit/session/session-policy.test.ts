import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashPolicy } from '../../../src/policy/policy.js';
import { loadPreset } from '../../../src/policy/presets/index.js';
import { defaultLimits } from '../../../src/session/api.js';
import { loadSessionPolicy } from '../../../src/session/session-policy.js';

describe('the policy of a session', () => {
  let workspace: string;
  beforeEach(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'airlock-session-policy-'));
  });
  afterEach(() => rm(workspace, { recursive: true, force: true }));

  const load = (userPolicy?: unknown) =>
    loadSessionPolicy({ workspace, preset: 'developer', limits: defaultLimits, userPolicy });
  async function write(text: string): Promise<void> {
    await mkdir(join(workspace, '.airlock'), { recursive: true });
    await writeFile(join(workspace, '.airlock', 'policy.jsonc'), text);
  }

  it('is the preset when nobody adds to it', async () => {
    deepEqual(await load(), { policy: loadPreset('developer'), notices: [] });
    deepEqual(
      (
        await loadSessionPolicy({
          workspace: join(workspace, 'gone'),
          preset: 'developer',
          limits: defaultLimits,
        })
      ).notices,
      [],
    );
  });

  it('puts the workspace over the user over the preset, and says which lines it ignored', async () => {
    await write('{\n "commands": {"git": false, "frob": {"maxArgs": 2}, "evil": {}}\n}');
    const { policy, notices } = await load({ commands: { frob: {} } });
    equal(policy.commands.git?.requireFirst?.length, 0);
    equal(policy.commands.frob?.maxArgs, 2);
    equal(policy.commands.evil, undefined);
    equal(notices.length, 1);
    match(notices[0] ?? '', /^\.airlock\/policy\.jsonc, line 2, column \d+: ignored: commands\.evil/);
  });

  it('is taken once: an edit of the file changes the next session, not this one', async () => {
    await write('{"commands": {"git": false}}');
    const { policy } = await load();
    const before = hashPolicy(policy);
    await write('{"commands": {}}');
    equal(hashPolicy(policy), before);
    equal((await load()).policy.commands.git?.requireFirst, undefined);
  });

  it('refuses to start without the workspace part when that cannot be used', async () => {
    const unusable = (error: unknown) =>
      error instanceof Error && 'code' in error && error.code === 'policy-unusable';
    for (const text of [
      '{',
      '',
      '{"comands": {}}',
      '{"commands": {"/bin/sh": {}}}',
      `"${'x'.repeat(70_000)}"`,
    ]) {
      await write(text);
      await rejects(load(), unusable, text.slice(0, 40));
    }
    await rejects(load({ commands: 7 }), unusable);
  });

  it('follows no link', async () => {
    await writeFile(join(workspace, 'other.jsonc'), '{}');
    await mkdir(join(workspace, '.airlock'));
    await symlink('../other.jsonc', join(workspace, '.airlock', 'policy.jsonc'));
    await rejects(load(), /it is a link/);
    await rm(join(workspace, '.airlock'), { recursive: true });
    await mkdir(join(workspace, 'elsewhere'));
    await writeFile(join(workspace, 'elsewhere', 'policy.jsonc'), '{}');
    await symlink('elsewhere', join(workspace, '.airlock'));
    await rejects(load(), /"\.airlock" is a link/);
  });
});

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PipePool } from '../../../../src/guest/process/pipe-pool.js';
import { ProcessTree } from '../../../../src/guest/process/process-tree.js';
import { runScript, type ScriptResult } from '../../../../src/guest/tool-proxy/shell/run-script.js';
import { loadPreset } from '../../../../src/policy/presets/index.js';
import { parseScript } from '../../../../src/policy/shell/parse.js';

const tree = new ProcessTree(false);
const pipes = new PipePool();

/** A workspace of its own in which scripts are run as they are parsed, without what is decided before they run. */
export interface ScriptFixture {
  readonly workspace: string;
  run(
    text: string,
    options?: { policy?: ReturnType<typeof loadPreset>; timeoutMs?: number; signal?: AbortSignal },
  ): Promise<ScriptResult>;
  dispose(): void;
}

export function openScriptFixture(files: Readonly<Record<string, string>>): ScriptFixture {
  const top = mkdtempSync(join(tmpdir(), 'airlock-script-'));
  const workspace = join(top, 'workspace');
  mkdirSync(workspace);
  writeFileSync(join(top, 'outside.txt'), 'outside\n');
  for (const [name, content] of Object.entries(files)) writeFileSync(join(workspace, name), content);
  return {
    workspace,
    run: (text, options = {}) => {
      const { policy = loadPreset('unrestricted-in-sandbox'), timeoutMs = 20_000 } = options;
      const parsed = parseScript(text);
      assert.ok(parsed.ok, text);
      return runScript(
        {
          ...{
            strategy: 'copy',
            workspace,
            upperDir: '',
            commandMs: timeoutMs,
            outputBytes: 4 * 1024 * 1024,
          },
          ...{ policy: async () => policy, tree, pipes },
        },
        parsed.script,
        { cwd: '', timeoutMs, asked: false },
        options.signal ?? new AbortController().signal,
        () => undefined,
      );
    },
    dispose: () => rmSync(top, { recursive: true, force: true }),
  };
}

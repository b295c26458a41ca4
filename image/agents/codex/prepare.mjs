// Writes the models that Codex knows, with every tool of its own switched off. Features alone leave some on.
import { execFileSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';

const target = { x64: 'x86_64-unknown-linux-musl', arm64: 'aarch64-unknown-linux-musl' }[process.arch];
const program = `/opt/agent/node_modules/@openai/codex-linux-${process.arch}/vendor/${target}/bin/codex`;
accessSync(program, constants.X_OK);
mkdirSync('/opt/agent/bin');
symlinkSync(program, '/opt/agent/bin/codex');

const home = process.env.HOME;
mkdirSync(home, { recursive: true });
const shown = execFileSync(program, ['debug', 'models'], {
  encoding: 'utf8',
  env: { HOME: home, PATH: process.env.PATH },
  maxBuffer: 64 * 1024 * 1024,
  stdio: ['ignore', 'pipe', 'ignore'],
});
const { models } = JSON.parse(shown);
if (!Array.isArray(models) || models.length === 0) throw new Error('codex names no models');
const quiet = models.map((model) => ({
  ...model,
  shell_type: 'disabled',
  apply_patch_tool_type: null,
  tool_mode: null,
  use_responses_lite: false,
  experimental_supported_tools: [],
  multi_agent_version: null,
  supports_search_tool: false,
}));
writeFileSync('/opt/agent/models.json', JSON.stringify({ models: quiet }));

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { agentCatalogue, agentIds, findAgent } from '../../../src/agents/catalogue/catalogue.js';
import { agentSpec } from '../../../src/protocol/bridge.js';

describe('agent catalogue', () => {
  for (const id of agentIds) {
    const agent = findAgent({ id });
    for (const [protocol, mode] of agent.protocols.flatMap((each) =>
      (['brokered', 'contained'] as const).map((mode) => [each, mode] as const),
    )) {
      it(`${id} over ${protocol}, ${mode}: what the bridge gets is within its bounds and holds no credential`, () => {
        const { spec } = agent.launch({ protocol, model: 'some/model "x"\n', mode });
        const parsed = agentSpec.parse(spec);
        if (parsed.kind === 'builtin') return;
        const texts = [...parsed.args, ...Object.values(parsed.env), ...Object.values(parsed.files)];
        assert.ok(
          texts.some((text) => text.includes('{token}')) && texts.some((text) => text.includes('{port}')),
          'the agent is not told where its model is',
        );
      });
    }
    const { image } = agentCatalogue[id] as { image?: string };
    if (image === undefined) continue;
    it(`${id}: its packages are pinned by version and hash`, () => {
      const dir = join('image/agents', image);
      const { dependencies = {}, optionalDependencies = {} } = read(join(dir, 'package.json'));
      for (const version of Object.values({ ...dependencies, ...optionalDependencies }))
        assert.match(String(version), /^\d+\.\d+\.\d+$/);
      const { packages } = read(join(dir, 'package-lock.json'));
      for (const [path, entry] of Object.entries(packages as Record<string, Record<string, unknown>>)) {
        if (path === '') continue;
        assert.match(String(entry.integrity), /^sha512-/, path);
        assert.equal(entry.resolved, undefined, path);
      }
      assert.ok(existsSync('image/agents/Dockerfile'));
    });
  }
});

function read(path: string): Record<string, Record<string, unknown>> {
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, Record<string, unknown>>;
}

import { deepEqual, ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { schemaFiles } from '../../../src/policy/schema-files.js';

describe('the JSON Schemas in media/', () => {
  for (const [name, text] of Object.entries(schemaFiles())) {
    it(`${name} is what the policy's schema gives (else run scripts/generate-policy-schema.mjs)`, () =>
      deepEqual(JSON.parse(readFileSync(`media/${name}`, 'utf8')), JSON.parse(text)));
  }

  it('describe every field of a policy and of a rule', () => {
    const text = schemaFiles()['policy.schema.json'] ?? '';
    for (const field of [
      'commands',
      'subcommands',
      'forbiddenFlags',
      'assignments',
      'workspacePrograms',
      'maxArgs',
    ])
      ok(text.includes(`"${field}"`), field);
  });
});

import { fragmentJsonSchema } from './policy-fragment.js';

/** The JSON Schemas that the editor gets, by file name: completion and checks of a policy, also within the settings. */
export function schemaFiles(): Readonly<Record<string, string>> {
  return {
    'policy.schema.json': print(fragmentJsonSchema()),
    'settings.schema.json': print({
      $schema: 'http://json-schema.org/draft-07/schema#',
      type: 'object',
      properties: { 'airlock.policy': { $ref: './policy.schema.json' } },
    }),
  };
}

function print(schema: unknown): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}

import * as z from 'zod';
import { toVisibleLine } from '../../base/visible-text.js';
import type { ProviderId } from '../provider.js';
import { findAnthropicServerTools } from './anthropic.js';
import { findGeminiServerTools } from './gemini.js';
import { findOpenaiServerTools } from './openai.js';
import type { JsonObject, ServerTool, ServerToolKind } from './server-tool.js';

const finders: Readonly<Record<ProviderId, (body: JsonObject) => readonly ServerTool[]>> = {
  anthropic: findAnthropicServerTools,
  openai: findOpenaiServerTools,
  gemini: findGeminiServerTools,
};

/** JSON.parse made it, so it is JSON; what is checked is that it is an object. */
const jsonObject = z.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);

/** The reason why a body must not go out, when it asks the service for something that the user has not allowed. */
export function refuseServerTools(
  provider: ProviderId,
  json: unknown,
  allowed: readonly ServerToolKind[],
): string | undefined {
  const body = jsonObject.safeParse(json);
  if (!body.success) return undefined;
  const found = finders[provider](body.data).find(({ kind }) => !allowed.includes(kind));
  if (found === undefined) return undefined;
  return `it asks the model service to act by itself (${found.kind}: ${toVisibleLine(found.name, 100)}), which the user has not allowed`;
}

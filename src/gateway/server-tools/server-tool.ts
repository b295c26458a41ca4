/**
 * What a model service would do by itself at the request of a body: reach the network, or run something, outside the
 * sandbox and outside every check.
 */
export const serverToolKinds = [
  'web-search',
  'web-fetch',
  'url-content',
  'remote-mcp',
  'code-execution',
  'file-search',
  'other',
] as const;
export type ServerToolKind = (typeof serverToolKinds)[number];

export interface ServerTool {
  readonly kind: ServerToolKind;
  /** As the body names it; untrusted. */
  readonly name: string;
}

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** True for an address that is more than data in the body itself. */
export function isRemote(url: Json | undefined): boolean {
  return url !== undefined && url !== null && !/^data:/i.test(textOf(url));
}

/** Every object below a value, itself included, save those below the keys of `except`. */
export function* walkObjects(root: Json | undefined, except: ReadonlySet<string>): Generator<JsonObject> {
  const waiting: Json[] = root === undefined ? [] : [root];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (Array.isArray(next)) for (const item of next) waiting.push(item);
    if (!isObject(next)) continue;
    yield next;
    for (const [key, value] of Object.entries(next)) if (!except.has(key)) waiting.push(value);
  }
}

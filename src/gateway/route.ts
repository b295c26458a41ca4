import type { Provider, Route } from './provider.js';

export type RouteCheck =
  /** `target` is made of the route's own text and, where it has room for one, the model's name. */
  | { readonly kind: 'allowed'; readonly target: string; readonly free: boolean; readonly model?: string }
  | { readonly kind: 'refused'; readonly reason: string };

const MODEL = '{model}';
/** Nothing that a server could read as another path: no slash, no percent sign, no leading dot. */
const MODEL_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/**
 * Exact match against the provider's routes. Nothing is decoded or normalised, so there is no second
 * spelling of a path.
 */
export function checkRoute(provider: Provider, method: string, pathAndQuery: string): RouteCheck {
  const mark = pathAndQuery.indexOf('?');
  const path = mark < 0 ? pathAndQuery : pathAndQuery.slice(0, mark);
  const query = mark < 0 ? '' : pathAndQuery.slice(mark + 1);
  const found = findRoute(provider.routes, path);
  if (found === undefined) return { kind: 'refused', reason: 'this path is not on the list' };
  const { route, model } = found;
  if (route.method !== method) return { kind: 'refused', reason: `only ${route.method} is allowed here` };
  const known = route.queries.find((candidate) => candidate === query);
  if (known === undefined || (mark >= 0 && query === ''))
    return { kind: 'refused', reason: 'this query is not on the list' };
  const canonical = model === undefined ? route.path : route.path.replace(MODEL, model);
  const target = known === '' ? canonical : `${canonical}?${known}`;
  const free = route.free ?? false;
  return model === undefined ? { kind: 'allowed', target, free } : { kind: 'allowed', target, free, model };
}

function findRoute(routes: readonly Route[], path: string): { route: Route; model?: string } | undefined {
  for (const route of routes) {
    if (route.path === path && !path.includes(MODEL)) return { route };
    const [before, after] = route.path.split(MODEL);
    if (before === undefined || after === undefined) continue;
    if (!path.startsWith(before) || !path.endsWith(after)) continue;
    const model = path.slice(before.length, path.length - after.length);
    if (path.length > before.length + after.length && MODEL_NAME.test(model)) return { route, model };
  }
  return undefined;
}

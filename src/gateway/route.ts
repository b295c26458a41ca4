import type { Provider } from './provider.js';

export type RouteCheck =
  /** `target` is the route's own text, never the caller's. */
  | { readonly kind: 'allowed'; readonly target: string }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Exact match against the provider's routes. Nothing is decoded or normalised, so there is no second
 * spelling of a path.
 */
export function checkRoute(provider: Provider, method: string, pathAndQuery: string): RouteCheck {
  const mark = pathAndQuery.indexOf('?');
  const path = mark < 0 ? pathAndQuery : pathAndQuery.slice(0, mark);
  const query = mark < 0 ? '' : pathAndQuery.slice(mark + 1);
  const route = provider.routes.find((candidate) => candidate.path === path);
  if (route === undefined) return { kind: 'refused', reason: 'this path is not on the list' };
  if (route.method !== method) return { kind: 'refused', reason: `only ${route.method} is allowed here` };
  const known = route.queries.find((candidate) => candidate === query);
  if (known === undefined || (mark >= 0 && query === ''))
    return { kind: 'refused', reason: 'this query is not on the list' };
  return { kind: 'allowed', target: known === '' ? route.path : `${route.path}?${known}` };
}

import type { Side } from '../workspace/review/review-api.js';

export const beforeScheme = 'airlock-before';
export const afterScheme = 'airlock-after';

const schemes: Readonly<Record<Side, string>> = {
  before: beforeScheme,
  after: afterScheme,
  base: 'airlock-base',
  agent: 'airlock-agent',
};

const sides = ['before', 'after', 'base', 'agent'] as const satisfies readonly Side[];

export function schemeOf(side: Side): string {
  return schemes[side];
}

/** The parts of a `vscode.Uri` that name one side of a change. */
export interface UriParts {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
}

export interface ChangeAddress {
  readonly side: Side;
  readonly sessionId: string;
  readonly path: string;
}

export function toUriParts(address: ChangeAddress): UriParts {
  return { scheme: schemeOf(address.side), authority: address.sessionId, path: `/${address.path}` };
}

/** Undefined for a URI of another kind. */
export function parseUriParts(uri: UriParts): ChangeAddress | undefined {
  const side = sides.find((one) => schemes[one] === uri.scheme);
  if (side === undefined || uri.authority === '' || !uri.path.startsWith('/')) return undefined;
  return { side, sessionId: uri.authority, path: uri.path.slice(1) };
}

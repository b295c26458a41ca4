import picomatch from 'picomatch';

/**
 * Files hidden from the agent unless the user says otherwise. A pattern without `/` matches a name at any depth,
 * one with `/` the path from the root; `!` excludes. Case does not matter.
 */
export const defaultMaskPatterns: readonly string[] = [
  '.env',
  '.env.*',
  '!.env.example',
  '!.env.sample',
  '!.env.template',
  '*.pem',
  '*.key',
  'id_rsa*',
  'id_ed25519*',
  'id_ecdsa*',
  'id_dsa*',
  '!id_*.pub',
  '.netrc',
  '_netrc',
  '.pypirc',
  '.git-credentials',
  'credentials.json',
  '*.p12',
  '*.pfx',
  '*.kdbx',
];

export type MaskMatcher = (name: string, path: () => string) => boolean;

/** Compiles the patterns to at most four regular expressions. */
export function compileMaskPatterns(patterns: readonly string[]): MaskMatcher {
  const hidden = patterns.filter((pattern) => !pattern.startsWith('!'));
  const shown = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  const isHidden = compileGroup(hidden);
  const isShown = compileGroup(shown);
  return (name, path) => isHidden(name, path) && !isShown(name, path);
}

function compileGroup(patterns: readonly string[]): MaskMatcher {
  const byName = join(patterns.filter((pattern) => !pattern.includes('/')));
  const byPath = join(
    patterns.filter((pattern) => pattern.includes('/')).map((pattern) => pattern.replace(/^\//, '')),
  );
  return (name, path) => (byName?.test(name) ?? false) || (byPath?.test(path()) ?? false);
}

function join(globs: readonly string[]): RegExp | undefined {
  if (globs.length === 0) return undefined;
  const sources = globs.map(
    (glob) => picomatch.makeRe(glob, { dot: true, nocase: true, nonegate: true }).source,
  );
  return new RegExp(sources.map((source) => `(?:${source})`).join('|'), 'i');
}

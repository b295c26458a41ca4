/** Other ways to write a path that some file system takes for the same. */
export function spellings(path: string): readonly string[] {
  const each = (change: (name: string) => string) => path.split('/').map(change).join('/');
  return [
    path.toUpperCase(),
    path.toLowerCase(),
    path.replace(/i/g, '\u0130'),
    path.replace(/i/g, '\u0131'),
    path.replace(/s/g, '\u017f'),
    path.replace(/k/g, '\u212a'),
    path.replace(/[a-z]/g, (char) => String.fromCodePoint((char.codePointAt(0) ?? 0) + 0xfee0)),
    path.normalize('NFD'),
    path.normalize('NFKD'),
    each((name) => `${name.slice(0, 1)}\u200d${name.slice(1)}`),
    each((name) => `\ufeff${name}`),
    each((name) => `${name}\u00ad\u{e0041}\ufe0f`),
    each((name) => `${name.slice(0, 2)}\u202e${name.slice(2)}`),
    each((name) => `${name}.`),
    each((name) => `${name}. .`),
    `${path}:stream`,
    `${path}::$DATA`,
    path.replaceAll('/', '\\'),
    `some/where/deep/${path}`,
    `some\\where/${path}`,
  ];
}

import { errors } from '../base/errors.js';
import { toVisibleLine } from '../base/visible-text.js';

// The grammar of github.com/distribution/reference. A name is put into the path of the engine's URLs as it is.
const domainPart = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const ipv6 = '\\[(?:[a-fA-F0-9:]+)\\]';
const domain = `(?:${domainPart}(?:\\.${domainPart})*|${ipv6})(?::[0-9]+)?`;
const pathPart = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const NAME = new RegExp(`^(?:${domain}/)?${pathPart}(?:/${pathPart})*$`);
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
const MAX_NAME = 255;

/** Throws `imageNameUnusable` for what is neither a reference by that grammar nor an image's id. */
export function checkImageReference(text: string): void {
  if (!isImageReference(text)) throw errors.imageNameUnusable(toVisibleLine(text, 100));
}

/** `name[:tag][@digest]`, or the id `sha256:…`. Of the digests, SHA-256 alone: engines make no other. */
export function isImageReference(text: string): boolean {
  if (DIGEST.test(text)) return true;
  // Bounded before any expression sees it.
  if (text.length > MAX_NAME + 129 + 72) return false;
  const [rest = '', ...digests] = text.split('@');
  if (digests.length > 1 || digests.some((digest) => !DIGEST.test(digest))) return false;
  const colon = rest.lastIndexOf(':');
  const hasTag = colon > rest.lastIndexOf('/');
  const name = hasTag ? rest.slice(0, colon) : rest;
  if (hasTag && !TAG.test(rest.slice(colon + 1))) return false;
  return name.length <= MAX_NAME && NAME.test(name);
}

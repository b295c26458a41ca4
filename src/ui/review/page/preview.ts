import { imageType, readImageSize } from './image-size.js';

/** A picture for the page, or why there is none; undefined for what is no picture. */
export type Preview =
  | { readonly kind: 'image'; readonly source: string; readonly width: number; readonly height: number }
  | { readonly kind: 'none'; readonly reason: 'too-large' | 'unreadable' };

export const MAX_PREVIEW_BYTES = 4 * 1024 * 1024;
/** A small file can be a picture that fills the memory. */
const MAX_PIXELS = 40_000_000;

export function makePreview(path: string, bytes: Uint8Array): Preview | undefined {
  const type = imageType(path);
  if (type === undefined || bytes.length === 0) return undefined;
  if (bytes.length > MAX_PREVIEW_BYTES) return { kind: 'none', reason: 'too-large' };
  const size = measure(bytes);
  if (size === undefined) return { kind: 'none', reason: 'unreadable' };
  if (size.width * size.height > MAX_PIXELS) return { kind: 'none', reason: 'too-large' };
  const source = `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
  return { kind: 'image', source, ...size };
}

function measure(bytes: Uint8Array) {
  try {
    return readImageSize(bytes);
  } catch (error) {
    // A header that ends too early.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const SIZES = [3, 1, 7, 2, 11, 5];
const MAX_PIECES = 60;

/** Cuts text at odd places, never inside a code point, into at most about 60 pieces. */
export function splitText(text: string): string[] {
  const points = [...text];
  const least = Math.ceil(points.length / MAX_PIECES);
  const pieces: string[] = [];
  for (let at = 0, n = 0; at < points.length; n += 1) {
    const size = Math.max(least, SIZES[n % SIZES.length] ?? 1);
    pieces.push(points.slice(at, at + size).join(''));
    at += size;
  }
  return pieces;
}

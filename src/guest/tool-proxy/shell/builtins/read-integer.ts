const MAX = 2n ** 63n - 1n;

/** A decimal number of 64 bits, as strtoimax(3) reads it; undefined for anything else. */
export function readInteger(word: string): bigint | undefined {
  const digits = /^[ \t\n\v\f\r]*([+-]?)([0-9]+)[ \t]*$/.exec(word);
  if (digits === null) return undefined;
  const value = BigInt(digits[2] ?? '0') * (digits[1] === '-' ? -1n : 1n);
  return value > MAX || value < -MAX - 1n ? undefined : value;
}

/** What a value is told that would be calculated with. */
export const NOT_DECIMAL = 'is no decimal number: bash would run it as an expression';

/**
 * A decimal number of 64 bits. Undefined for anything else: bash would run the text as an expression, in which a
 * subscript can start programs.
 */
export function readDecimal(text: string): bigint | undefined {
  if (!/^-?(?:0|[1-9]\d{0,18})$/.test(text)) return undefined;
  const value = BigInt(text);
  return BigInt.asIntN(64, value) === value ? value : undefined;
}

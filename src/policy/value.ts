/**
 * A word as far as it is known before anything runs. What a glob, a loop or a command substitution will make of it
 * is not; then only its beginning is, and an example of the whole with `x` for each unknown part.
 */
export type Value = string | PartlyKnown;

export interface PartlyKnown {
  readonly prefix: string;
  readonly example: string;
}

/** Nothing of it is known. */
export const UNKNOWN: PartlyKnown = { prefix: '', example: 'x' };

export function isKnown(value: Value): value is string {
  return typeof value === 'string';
}

/** What is surely at the start of it. */
export function beginning(value: Value): string {
  return typeof value === 'string' ? value : value.prefix;
}

/** Itself, or the example. */
export function exampleOf(value: Value): string {
  return typeof value === 'string' ? value : value.example;
}

/** The value without its first `count` characters, which must be known. */
export function withoutStart(value: Value, count: number): Value {
  if (typeof value === 'string') return value.slice(count);
  return { prefix: value.prefix.slice(count), example: value.example.slice(count) };
}

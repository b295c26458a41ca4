import { describeError, errors } from '../base/errors.js';

/** What `parseArgs` read; what it throws is a `usage` error. */
export function readArguments<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw errors.usage(`${describeError(error)}.`);
  }
}

/** The value of an option that must be there. */
export function required(name: string, value: string | undefined): string {
  if (value === undefined || value.trim() === '') throw errors.usage(`--${name} is missing.`);
  return value;
}

export function oneOf<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw errors.usage(`--${name} must be one of ${allowed.join(', ')}.`);
  return found;
}

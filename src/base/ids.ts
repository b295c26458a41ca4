import { randomBytes } from 'node:crypto';

/** 12 lower-case hex digits: unique enough for sessions side by side, short enough for a container name. */
export function createSessionId(): string {
  return randomBytes(6).toString('hex');
}

/** A 256-bit secret in base64url. */
export function createToken(): string {
  return randomBytes(32).toString('base64url');
}

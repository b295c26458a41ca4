import { toVisibleText } from '../base/visible-text.js';
import { redactSecrets } from './redact-secrets.js';

const MAX_CHARS = 4096;
/** Cut before the redaction, so that its cost is bounded, and after, so that no secret is cut in two. */
const MAX_SCANNED_CHARS = 64 * 1024;
const MAX_ITEMS = 200;
const MAX_DEPTH = 6;

/** A JSON value whose texts are bounded, visible and without known secrets. */
export function cleanRecord(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  if (depth >= MAX_DEPTH) return '… (too deep)';
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item) => cleanRecord(item, depth + 1));
  if (typeof value !== 'object') return undefined;
  const entries = Object.entries(value).slice(0, MAX_ITEMS);
  return Object.fromEntries(entries.map(([name, item]) => [name, cleanRecord(item, depth + 1)]));
}

function cleanText(text: string): string {
  const dropped = Math.max(0, text.length - MAX_SCANNED_CHARS);
  const redacted = redactSecrets(text.slice(0, MAX_SCANNED_CHARS));
  const over = redacted.length + dropped - MAX_CHARS;
  const visible = toVisibleText(redacted.slice(0, MAX_CHARS), MAX_CHARS);
  return over > 0 ? `${visible}… (${over} more)` : visible;
}

import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { bytesOf, gitMode, type PatchSide } from './patch-side.js';

/** Bytes of one line. */
const LINE = 52;
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~';

/** Both sides in full, deflated and in git's base 85; the index line says what they must be. See git's `apply.c`. */
export function binaryPatch(before: PatchSide, after: PatchSide): string {
  const [from, to] = [gitMode(before), gitMode(after)];
  const mode = from === to ? ` ${to}` : '';
  const index = `index ${objectId(before)}..${objectId(after)}${mode}\n`;
  return `${index}GIT binary patch\n${literal(bytesOf(after))}\n${literal(bytesOf(before))}\n`;
}

/** The name of the bytes as a git object. */
function objectId(side: PatchSide): string {
  if (side.kind === 'absent') return '0'.repeat(40);
  const bytes = bytesOf(side);
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

function literal(bytes: Uint8Array): string {
  const packed = deflateSync(bytes);
  const lines: string[] = [`literal ${bytes.length}\n`];
  for (let start = 0; start < packed.length; start += LINE) {
    const part = packed.subarray(start, start + LINE);
    lines.push(`${lengthLetter(part.length)}${encode(part)}\n`);
  }
  return lines.join('');
}

/** A to Z for 1 to 26, a to z for 27 to 52. */
function lengthLetter(length: number): string {
  return String.fromCharCode(length <= 26 ? 64 + length : 70 + length);
}

/** Four bytes are five digits; the last ones are filled up with zeros. */
function encode(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 4) {
    let value = 0;
    for (let at = start; at < start + 4; at += 1) value = value * 256 + (bytes[at] ?? 0);
    let digits = '';
    for (let digit = 0; digit < 5; digit += 1) {
      digits = `${DIGITS[value % 85]}${digits}`;
      value = Math.floor(value / 85);
    }
    text += digits;
  }
  return text;
}

/** A shorter one is no real key, and could turn up in any text by chance. */
const SHORTEST_KEY = 16;

/**
 * Looks for the key in a byte stream and lets everything else through at once. Only a tail that could
 * be the key's beginning is held back until the next bytes tell.
 */
export class KeyGuard {
  readonly #key: Buffer;
  #held: Buffer = Buffer.alloc(0);

  constructor(key: string) {
    this.#key = Buffer.from(key);
  }

  /** Bytes that may pass now; throws `KeyLeakError` when the key is in them. */
  push(chunk: Buffer): Buffer {
    if (this.#key.length < SHORTEST_KEY) return chunk;
    const bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    if (bytes.includes(this.#key)) throw new KeyLeakError();
    const tail = this.#tailLength(bytes);
    this.#held = bytes.subarray(bytes.length - tail);
    return bytes.subarray(0, bytes.length - tail);
  }

  /** What is still held when the stream ends. */
  finish(): Buffer {
    return this.#held;
  }

  #tailLength(bytes: Buffer): number {
    for (let length = Math.min(this.#key.length - 1, bytes.length); length > 0; length -= 1) {
      if (bytes.subarray(bytes.length - length).equals(this.#key.subarray(0, length))) return length;
    }
    return 0;
  }
}

export class KeyLeakError extends Error {
  constructor() {
    super('the model service sent the API key back');
    this.name = 'KeyLeakError';
  }
}

/** Text without the key. */
export function redactKey(text: string, key: string | undefined): string {
  return key === undefined || key === '' ? text : text.replaceAll(key, '[key]');
}

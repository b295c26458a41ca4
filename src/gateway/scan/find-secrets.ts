import { sha256 } from '../../base/hash.js';

export interface FoundSecret {
  /** What kind of secret it looks like, such as `GITHUB_TOKEN`. */
  readonly kind: string;
  /** Of the secret, to tell it from others; the secret itself goes nowhere. */
  readonly hash: string;
  /** Its first characters. */
  readonly hint: string;
}

/** One piece, characters; the event loop runs between two. */
const PIECE = 256 * 1024;
/** Pieces overlap by as much as a secret may be long. */
const OVERLAP = 4096;
const HINT_CHARS = 4;

/** Looks for what the rules of secretlint (its recommended preset) take for a secret. They are loaded at the first call. */
export async function findSecrets(text: string): Promise<readonly FoundSecret[]> {
  const [{ lintSource }, { creator }] = await Promise.all([
    import('@secretlint/core'),
    import('@secretlint/secretlint-rule-preset-recommend'),
  ]);
  const config = { rules: [{ id: creator.meta.id, rule: creator, options: {} }] };
  const found: FoundSecret[] = [];
  for (let at = 0; at < text.length; at += PIECE - OVERLAP) {
    const content = text.slice(at, at + PIECE);
    const source = { content, filePath: 'message.txt', contentType: 'text' as const };
    const { messages } = await lintSource({ source, options: { config, noPhysicFilePath: true } });
    for (const { messageId, range } of messages) {
      const secret = content.slice(range[0], range[1]);
      found.push({ kind: messageId, hash: sha256(secret), hint: secret.slice(0, HINT_CHARS) });
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  return found;
}

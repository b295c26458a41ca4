import type { Word } from './ast.js';

/** The text of a word that nothing is expanded in. */
export function literalText({ parts }: Word): string | undefined {
  let text = '';
  for (const part of parts) {
    if (part.kind !== 'text') return undefined;
    text += part.text;
  }
  return text;
}

import { toVisibleLine } from './visible-text.js';

/** Text of others as one line of Markdown: it can be no markup, no link and no other line. */
export function escapeMarkdown(text: string, maxChars?: number): string {
  return toVisibleLine(text, maxChars).replace(/[\\`*_{}[\]<>()#+!|~&]/g, '\\$&');
}

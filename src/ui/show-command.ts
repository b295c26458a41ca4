import { toVisibleLine } from '../base/visible-text.js';

/** Characters that surely fit into a row of a quick pick. */
const ROW = 72;

/**
 * A command as rows for a quick pick, whole: a row's text is never cut off by the window, and nothing in it is drawn
 * as an icon. A row that goes on the one before starts with `↳ `.
 */
export function toCommandRows(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const chars = [...toVisibleLine(line, line.length)];
    const rows: string[] = [];
    for (let at = 0; at === 0 || at < chars.length; at += ROW) {
      const row = withoutIcons(chars.slice(at, at + ROW).join(''));
      rows.push(at === 0 ? row : `↳ ${row}`);
    }
    return rows;
  });
}

/**
 * The text on one line for a notification, or undefined when that cannot show all of it: too long, or drawn as
 * something else (`[text](command:…)` becomes a link there).
 */
export function toNotificationText(text: string, limit = 160): string | undefined {
  return text.length > limit || text.includes('\n') || text.includes('](')
    ? undefined
    : toVisibleLine(text, limit);
}

/** `$(name)` is an icon in labels; with a backslash before it, it is text again. */
export function withoutIcons(text: string): string {
  return text.replace(/\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/g, '\\$&');
}

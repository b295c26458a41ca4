import { BOM } from './line-endings.js';
import type { MergeRegion } from './merge-regions.js';

/** The text with the conflicts between markers as git's diff3 style has them. */
export function markConflicts(regions: readonly MergeRegion[], bom: boolean, newline: string): string {
  const parts: string[] = bom ? [BOM] : [];
  const closed = (lines: readonly string[]) => {
    const text = lines.join('');
    return text === '' || text.endsWith('\n') ? text : `${text}${newline}`;
  };
  for (const region of regions) {
    if (region.kind === 'merged') {
      parts.push(region.lines.join(''));
      continue;
    }
    parts.push(`<<<<<<< yours${newline}`, closed(region.ours));
    parts.push(`||||||| base${newline}`, closed(region.base));
    parts.push(`=======${newline}`, closed(region.theirs));
    parts.push(`>>>>>>> agent${newline}`);
  }
  return parts.join('');
}

/** Whether markers of ours are left in a text. */
export function hasConflictMarkers(text: string): boolean {
  return /^(?:<{7} yours|>{7} agent)\r?$/m.test(text);
}

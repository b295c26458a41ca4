import { describeEndings } from '../../workspace/hunks/describe-endings.js';
import type { LineEndings } from '../../workspace/hunks/line-endings.js';
import type { Translate } from '../translate.js';

/** What two texts differ in, when a comparison of lines shows little or nothing of it. */
export function describeTexts(before: string, after: string, t: Translate): string | undefined {
  const difference = describeEndings(before, after);
  switch (difference.kind) {
    case 'none':
      return t('same content');
    case 'endings':
      return t('line endings {0} → {1}', nameEndings(difference.from, t), nameEndings(difference.to, t));
    case 'bom':
      return difference.added ? t('byte order mark added') : t('byte order mark removed');
    case 'final-newline':
      return difference.added ? t('newline at the end added') : t('newline at the end removed');
    case 'white-space':
      return t('white space only');
    case 'content':
      return undefined;
  }
}

function nameEndings(endings: LineEndings, t: Translate): string {
  switch (endings) {
    case 'lf':
      return 'LF';
    case 'crlf':
      return 'CRLF';
    case 'mixed':
      return t('mixed');
    case 'none':
      return t('none');
  }
}

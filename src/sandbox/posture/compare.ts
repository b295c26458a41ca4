import { isDeepStrictEqual } from 'node:util';
import { toVisibleLine } from '../../base/visible-text.js';
import type { ContainerSubject } from './rule.js';

const SHOWN = 200;

/** A value in a reason. It may be the image's own text, so it is cut and made visible. */
export function show(value: unknown): string {
  return toVisibleLine(JSON.stringify(value) ?? 'nothing', SHOWN);
}

/** The reason when it is not what it must be. */
export function unlessEqual(wanted: unknown, got: unknown): string | undefined {
  return isDeepStrictEqual(wanted, got) ? undefined : `it must be ${show(wanted)} and is ${show(got)}`;
}

/** The reason when there is any. */
export function unlessNone(found: readonly unknown[], what: string): string | undefined {
  return found.length === 0 ? undefined : `${what}: ${show(found)}`;
}

/** The reason when a path is not in the engine's own list, which may be longer, and is taken when none is sent. */
export function unlessListed(
  required: readonly string[],
  paths: readonly string[] | undefined,
  stage: ContainerSubject['stage'],
): string | undefined {
  if (paths === undefined) return stage === 'asked' ? undefined : 'the engine has no such list for it';
  return unlessNone(
    required.filter((path) => !paths.includes(path)),
    'not in the list',
  );
}

/** The reason when a limit is missing, or is another than the one that was asked for. */
export function unlessLimited(asked: number, got: number): string | undefined {
  return got > 0 ? unlessEqual(asked, got) : `there is no limit (${got})`;
}

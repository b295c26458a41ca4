import type { SelfTestFacts } from '../../protocol/self-test.js';
import { failed, notProvable, proven, type Verdict } from './guarantee.js';

/** A line of /proc/self/status. */
export function statusLine({ files }: SelfTestFacts, name: string): string | undefined {
  const line = files['/proc/self/status']?.split('\n').find((entry) => entry.startsWith(`${name}:`));
  return line?.slice(name.length + 1).trim();
}

export interface Mount {
  readonly target: string;
  readonly options: readonly string[];
}

/** The mounts in the order in which they were made; undefined when the runtime hides them. */
export function readMounts({ files }: SelfTestFacts): readonly Mount[] | undefined {
  return files['/proc/self/mountinfo']
    ?.split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [, , , , target = '', options = ''] = line.split(' ');
      return { target, options: options.split(',') };
    });
}

/** The limit in the first of the control group's files that is there (version 2, then 1). */
export function readLimit(facts: SelfTestFacts, paths: readonly string[]): string | undefined {
  return paths.map((path) => facts.files[path]?.trim()).find((text) => text !== undefined);
}

/** A limit proves itself when the kernel holds the number, or a smaller one. */
export function compareLimit(actual: string | undefined, atMost: number, unit: string): Verdict {
  if (actual === undefined) return notProvable('the runtime shows no control group');
  const isHeld = /^\d+$/.test(actual) && Number(actual) <= atMost;
  return isHeld
    ? proven(`the kernel holds ${actual} ${unit}`)
    : failed(`the kernel holds ${actual} instead of ${atMost} ${unit}`);
}

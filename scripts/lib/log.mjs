/**
 * @typedef {{name: string, ms: number}} Step
 * @typedef {{
 *   info(text: string): void,
 *   step<T>(name: string, work: () => Promise<T>): Promise<T>,
 *   steps: readonly Step[],
 * }} Log
 */

/** Prints steps with their times and remembers them. @param {(line: string) => void} [print] @returns {Log} */
export function createLog(print = console.log) {
  /** @type {Step[]} */
  const steps = [];
  return {
    steps,
    info: (text) => print(`    ${text}`),
    async step(name, work) {
      const started = performance.now();
      print(`==> ${name}`);
      try {
        return await work();
      } finally {
        const ms = performance.now() - started;
        steps.push({ name, ms });
        if (ms >= 1000) print(`    ${name}: ${formatSeconds(ms)}`);
      }
    },
  };
}

/** @param {number} ms */
export function formatSeconds(ms) {
  return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}

import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants, Script } from 'node:vm';

/**
 * `node [FLAGS] start.js PROGRAM [ARGUMENT…]` runs a bundled program with the code that V8 made of it while the image
 * was built. Node's own compile cache is written before a program runs, so every function that only a running program
 * calls would be compiled at every start; and it is one for all flags, though V8 takes code only with the flags that
 * it was made with.
 *
 * With `--compile` among the arguments the code is written to `PROGRAM.code` at the program's end, and `used` or
 * `made` printed: whether there was code that V8 took.
 */
function start(): void {
  const path = process.argv[2];
  if (path === undefined) throw new Error('usage: start.js PROGRAM [ARGUMENT…]');
  // As if Node had been started with the program itself.
  process.argv.splice(1, 2, path);
  const source = readFileSync(path, 'utf8');
  const cachedData = readCode(`${path}.code`);
  const script = new Script(`(function (require, module, exports) {${source}\n})`, {
    filename: path,
    ...(cachedData === undefined ? {} : { cachedData }),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  if (process.argv.includes('--compile')) {
    process.once('exit', () => {
      writeFileSync(`${path}.code`, script.createCachedData());
      process.stdout.write(
        cachedData !== undefined && script.cachedDataRejected === false ? 'used\n' : 'made\n',
      );
    });
  }
  const module = { exports: {} };
  script.runInThisContext()(createRequire(path), module, module.exports);
}

function readCode(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    // Slower, and otherwise the same.
    return undefined;
  }
}

start();

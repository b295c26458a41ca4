import { readdirSync } from 'node:fs';
import * as path from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';

/** Runs the suites beside this file in the extension host; throws when one fails. */
export async function run(): Promise<void> {
  // The extension host forwards the arguments of console.log unformatted.
  Mocha.reporters.Base.consoleLog = (...args: unknown[]) => console.log(format(...args));
  const mocha = new Mocha({ reporter: 'spec', timeout: 20_000, slow: 2000, color: false, forbidOnly: true });
  const { AIRLOCK_TEST_GREP: grep } = process.env;
  if (grep) mocha.grep(grep);
  for (const name of readdirSync(__dirname).sort()) {
    if (name.endsWith('.test.js')) mocha.addFile(path.join(__dirname, name));
  }
  const runner = await new Promise<Mocha.Runner>((resolve) => {
    const started = mocha.run(() => resolve(started));
  });
  const { passes = 0, failures = 0 } = runner.stats ?? {};
  console.log(`AIRLOCK_TEST_RESULT ${JSON.stringify({ passes, failures })}`);
  if (failures > 0 || passes === 0) throw new Error(`${failures} tests failed, ${passes} passed`);
}

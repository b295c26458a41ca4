import { deepEqual } from 'node:assert/strict';
import { planCall } from '../../../src/policy/evaluate.js';
import { loadPreset } from '../../../src/policy/presets/index.js';
import { parseScript } from '../../../src/policy/shell/parse.js';
import { printScript } from '../../../src/policy/shell/print.js';
import { readCorpus } from './corpus/read-corpus.js';

/** What can be put around a whole command. */
const around: readonly ((command: string) => string)[] = [
  (command) => `${command} > out.txt`,
  (command) => `${command} 2>&1`,
  (command) => `${command} < in.txt`,
  (command) => `${command} | cat`,
  (command) => `true && ${command}`,
  (command) => `false || ${command}`,
  (command) => `( ${command} )`,
  (command) => `{ ${command}; }`,
  (command) => `echo "$( ${command} )"`,
  (command) => `if true; then ${command}; fi`,
  (command) => `for x in a; do ${command}; done`,
  (command) => `unrelated=1; ${command}`,
  (command) => `set -euo pipefail; ${command}`,
  (command) => `set +e; ${command}`,
  (command) => `IFS= read -r line < in.txt; ${command}`,
  (command) => `ls | while read -r line rest; do ${command}; done`,
];
/** What can be put before a single program. */
const before = ['timeout 5', 'env', 'env CI=1', 'nice', 'nohup', 'stdbuf -oL', 'xargs', 'command', 'CI=1'];

const presets = { developer: loadPreset('developer'), 'read-only': loadPreset('read-only') };

function decide(preset: 'developer' | 'read-only', command: string): string {
  return planCall(presets[preset], { tool: 'run_command', input: { command, cwd: '' } }).decision.decision;
}

describe('what is put around a command', () => {
  const attacks = readCorpus('attacks').filter(({ command }) => parseScript(command).ok);

  it('never makes a denied one allowed', () => {
    const lifted = attacks.flatMap(({ preset, command }) => {
      const parsed = parseScript(command);
      if (!parsed.ok || decide(preset, command) !== 'deny') return [];
      // As printed, it stands in one line and ends in nothing that would take the addition in.
      const line = printScript(parsed.script);
      const [statement, ...others] = parsed.script.statements;
      const [first, ...piped] = statement?.first.commands ?? [];
      const isSingle =
        others.length + piped.length + (statement?.rest.length ?? 1) === 0 &&
        first?.kind === 'simple' &&
        !line.startsWith('-');
      const variants = [
        ...around.map((wrap) => wrap(line)),
        ...(isSingle ? before.map((words) => `${words} ${line}`) : []),
      ];
      return variants.filter((variant) => decide(preset, variant) === 'allow');
    });
    deepEqual(lifted, []);
  });
});

import { planCall } from '../../src/policy/evaluate.js';
import { loadPreset } from '../../src/policy/presets/index.js';
import { type Row, row } from './measure.js';

const SIMPLE = [
  'git status',
  'ls -la src',
  'npm test',
  'cat package.json',
  'grep -rn "TODO" src',
  'git diff --stat HEAD~1',
  "sed -n '10,40p' src/index.ts",
  'python3 -m pytest -x -q tests',
];
const PIPELINE = Array.from({ length: 10 }, (_, index) => `${SIMPLE[index % SIMPLE.length]}`).join(' | ');
const DECISIONS = 100_000;
const PIPELINES = 5_000;

/** What one core decides, and how long the slowest of many pipelines takes. */
export function measurePolicy(): readonly Row[] {
  const policy = loadPreset('developer');
  const decide = (command: string) => {
    const { decision } = planCall(policy, { tool: 'run_command', input: { command, cwd: '' } });
    if (decision.decision !== 'allow') throw new Error(`${command}: ${decision.reason}`);
  };
  for (let run = 0; run < DECISIONS / 10; run += 1) decide(SIMPLE[run % SIMPLE.length] ?? '');
  const began = performance.now();
  for (let run = 0; run < DECISIONS; run += 1) decide(SIMPLE[run % SIMPLE.length] ?? '');
  const perSecond = Math.round(DECISIONS / ((performance.now() - began) / 1000));
  const runs: number[] = [];
  for (let run = 0; run < PIPELINES; run += 1) {
    const start = performance.now();
    decide(PIPELINE);
    runs.push(performance.now() - start);
  }
  runs.sort((a, b) => a - b);
  const p99 = runs[Math.floor(PIPELINES * 0.99)] ?? Number.NaN;
  return [
    row('simple decisions in a second', { ours: perSecond, against: 50_000 }, '1/s', DECISIONS, {
      of: 'ours',
      atLeast: true,
      value: 50_000,
    }),
    row('decision on a pipeline of 10, 99th percentile', { ours: p99, against: 0.5 }, 'ms', PIPELINES, {
      of: 'ours',
      value: 0.5,
    }),
  ];
}

import * as z from 'zod';
import { toVisibleLine } from '../base/visible-text.js';
import type { Decision } from '../policy/decision.js';
import { planArguments, planCall } from '../policy/evaluate.js';
import type { Policy } from '../policy/policy.js';
import { quoteWord } from './shell-word.js';

/** What `airlock policy explain --stdin` answers to one line. */
export interface Explanation extends Decision {
  readonly commands: readonly ({ readonly text: string } & Decision)[];
}

const question = z.union([
  z.strictObject({ command: z.string(), cwd: z.string().optional() }),
  z.strictObject({
    argv: z.array(z.string()).max(10_000),
    env: z.record(z.string(), z.string()).optional(),
    cwd: z.string().optional(),
  }),
]);
type Question = z.output<typeof question>;

/** Judges one line of input. Never throws: what cannot be judged is denied. */
export function explainLine(policy: Policy, line: string): Explanation {
  try {
    const parsed = question.safeParse(JSON.parse(line));
    return parsed.success
      ? explain(policy, parsed.data)
      : refuse('neither {"command"} nor {"argv", "env", "cwd"} with texts in them');
  } catch (error) {
    // A syntax error of the line, or an error of ours: either way nothing was judged.
    return refuse(error instanceof SyntaxError ? 'not JSON' : `cannot be judged: ${String(error)}`);
  }
}

export function explain(policy: Policy, asked: Question): Explanation {
  const cwd = asked.cwd ?? '';
  if ('command' in asked) {
    const { decision, commands = [] } = planCall(policy, {
      tool: 'run_command',
      input: { command: asked.command, cwd },
    });
    return {
      ...plain(decision),
      commands: commands.map(({ text, decision: own }) => ({ text, ...plain(own) })),
    };
  }
  const decision = plain(planArguments(policy, asked.argv, asked.env ?? {}, cwd).decision);
  return { ...decision, commands: [{ text: asked.argv.map(quoteWord).join(' '), ...decision }] };
}

/** For people: a line for each command, then what comes of it. */
export function describeExplanation({ commands, decision, rule, reason }: Explanation): string {
  const lines = commands.map(
    (part) =>
      `${part.decision.padEnd(5)}  ${toVisibleLine(part.text, 200)}\n       ${part.rule}: ${toVisibleLine(part.reason, 500)}\n`,
  );
  return `${lines.join('')}\n${decision}  (${rule}): ${toVisibleLine(reason, 500)}\n`;
}

export function refuse(reason: string): Explanation {
  return { decision: 'deny', rule: 'input', reason, commands: [] };
}

function plain({ decision, rule, reason }: Decision): Decision {
  return { decision, rule, reason };
}

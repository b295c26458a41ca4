import type { AndOr, Command, Script } from './ast.js';

/** A script of one program with these words, each as it is. */
export function toScript(argv: readonly string[]): Script {
  const words = argv.map((text) => ({ parts: [{ kind: 'text', text, quoted: true } as const], offset: 0 }));
  const command: Command = { kind: 'simple', assignments: [], words, redirects: [], offset: 0 };
  return { kind: 'script', statements: [toStatement(command)] };
}

export function toStatement(command: Command): AndOr {
  return { kind: 'and-or', first: { kind: 'pipeline', negated: false, commands: [command] }, rest: [] };
}

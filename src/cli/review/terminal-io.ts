import type { Logger } from '../../base/logger.js';
import type { ReviewIo } from './context.js';

/** The program's own output. What nobody reads any more is not waited for. */
export function terminalIo(
  { stdout, env, cwd }: Pick<NodeJS.Process, 'stdout' | 'env' | 'cwd'>,
  { warn }: Pick<Logger, 'warn'>,
): ReviewIo {
  const hasColours = (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb';
  return {
    cwd: cwd(),
    terminal: stdout.isTTY ? { hasColours } : undefined,
    warn,
    write: (text) => new Promise((settle) => void stdout.write(text, () => settle())),
  };
}

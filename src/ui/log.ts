import type * as vscode from 'vscode';
import { describeError } from '../base/errors.js';
import type { Logger } from '../base/logger.js';
import { toVisibleText } from '../base/visible-text.js';

const MAX_LINE = 8000;

/** The core's logger on VS Code's log channel. A cause is followed three levels down. */
export function createChannelLogger(channel: vscode.LogOutputChannel): Logger {
  return {
    debug: (message) => channel.debug(toVisibleText(message, MAX_LINE)),
    info: (message) => channel.info(toVisibleText(message, MAX_LINE)),
    warn: (message) => channel.warn(toVisibleText(message, MAX_LINE)),
    error: (message, cause) => channel.error(toVisibleText(withCauses(message, cause), MAX_LINE)),
  };
}

function withCauses(message: string, cause: unknown): string {
  const lines = [message];
  let current = cause;
  for (let depth = 0; depth < 3 && current !== undefined; depth++) {
    lines.push(`  caused by: ${describeError(current)}`);
    current = current instanceof Error ? current.cause : undefined;
  }
  return lines.join('\n');
}

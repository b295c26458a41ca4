/**
 * What a word cannot become: a variable that nothing has set, under `set -u`, or a division by zero. Ends the shell
 * that meets it; the message is what that says.
 */
export class ExpansionError extends Error {
  override readonly cause: 'unbound' | 'arithmetic';

  constructor(cause: ExpansionError['cause'], message: string) {
    super(message);
    this.name = 'ExpansionError';
    this.cause = cause;
  }
}

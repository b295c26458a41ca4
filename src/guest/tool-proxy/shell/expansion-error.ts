/**
 * What a word cannot become: a variable that nothing has set, under `set -u`, or a division by zero. Ends the shell
 * that meets it; the message is what that says.
 */
export class ExpansionError extends Error {
  readonly kind: 'unbound' | 'arithmetic';

  constructor(kind: ExpansionError['kind'], message: string) {
    super(message);
    this.name = 'ExpansionError';
    this.kind = kind;
  }
}

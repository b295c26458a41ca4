/** xargs itself has come to its end before its input has. */
export class XargsEnd extends Error {
  readonly status: number;

  /** `message`: what is said of it. */
  constructor(message: string, status = 1) {
    super(message);
    this.name = 'XargsEnd';
    this.status = status;
  }
}

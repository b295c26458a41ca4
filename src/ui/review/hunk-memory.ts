/** Which hunk was put under the cursor last: the line alone does not tell, where two meet. */
export class HunkMemory {
  #last: { readonly uri: string; readonly line: number; readonly key: string } | undefined;

  note(uri: string, line: number, key: string): void {
    this.#last = { uri, line, key };
  }

  /** Only while the cursor stands where it was put. */
  recall(uri: string, line: number): string | undefined {
    return this.#last?.uri === uri && this.#last.line === line ? this.#last.key : undefined;
  }
}

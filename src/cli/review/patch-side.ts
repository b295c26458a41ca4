/** One side of a change, with its bytes. */
export type PatchSide =
  | { readonly kind: 'absent' }
  /** `mode`: permission bits. */
  | { readonly kind: 'file'; readonly mode: number; readonly bytes: Uint8Array }
  | { readonly kind: 'symlink'; readonly target: string };

/** As git writes it; undefined for what is not there. */
export function gitMode(side: PatchSide): string | undefined {
  switch (side.kind) {
    case 'absent':
      return undefined;
    case 'file':
      return (side.mode & 0o111) === 0 ? '100644' : '100755';
    case 'symlink':
      return '120000';
  }
}

export function bytesOf(side: PatchSide): Uint8Array {
  switch (side.kind) {
    case 'absent':
      return new Uint8Array();
    case 'file':
      return side.bytes;
    case 'symlink':
      return Buffer.from(side.target);
  }
}

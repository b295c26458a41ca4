import { Readable } from 'node:stream';
import * as tar from 'tar-stream';

export interface HeaderArgument {
  readonly name: string;
  readonly type?: 'file' | 'directory' | 'symlink' | 'link' | 'character-device';
  readonly mode?: number;
  readonly mtime?: Date;
  readonly linkname?: string;
  readonly content?: string;
}

/** A tar stream of these entries, as they are: also ones that no honest packer makes. */
export function pack(entries: readonly HeaderArgument[]): Readable {
  const archive = tar.pack();
  for (const { content, ...header } of entries) {
    if (content === undefined) archive.entry(header);
    else archive.entry(header, content);
  }
  archive.finalize();
  return Readable.from(archive);
}

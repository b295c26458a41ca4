import type { FileHandle } from 'node:fs/promises';

/** Writes all of the bytes from `offset` on, however many the system takes at a time. */
export async function writeFully(handle: FileHandle, bytes: Uint8Array, offset = 0): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, offset + written);
    written += bytesWritten;
  }
}

/**
 * Permission bits of the written file: those of the replaced file (or of a new one under the umask), with the
 * approved executable bit given to whoever may read. Set-id bits never pass.
 */
export function chooseMode(base: number, approved: number): number {
  const mode = base & 0o777;
  const executable = (approved & 0o111) !== 0;
  if (!executable) return mode & ~0o111;
  if ((mode & 0o111) !== 0) return mode;
  return mode | ((mode & 0o444) >> 2);
}

/** Both lists in one, each item once. */
export function unite<T>(first: readonly T[], second: readonly T[] | undefined): T[] {
  return [...new Set([...first, ...(second ?? [])])];
}

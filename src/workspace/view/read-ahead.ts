/** Maps in order, with up to `width` results under way ahead of the reader. */
export async function* readAhead<T, R>(
  items: AsyncIterable<T>,
  width: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const window: Array<Promise<R>> = [];
  const take = async (): Promise<R | undefined> => window.shift();
  try {
    for await (const item of items) {
      const result = work(item);
      // The failure is met when its turn comes; until then it must not count as unhandled.
      result.catch(() => undefined);
      window.push(result);
      if (window.length < width) continue;
      const next = await take();
      if (next !== undefined) yield next;
    }
    for (let next = await take(); next !== undefined; next = await take()) yield next;
  } finally {
    await Promise.allSettled(window);
  }
}

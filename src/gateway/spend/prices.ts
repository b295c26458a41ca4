import * as z from 'zod';

const perMillion = z.number().min(0).max(100_000);

/** US dollars for a million tokens. `model` is the beginning of the names it holds for; the longest that fits counts. */
export const price = z.strictObject({
  model: z.string().min(1).max(256),
  input: perMillion,
  output: perMillion,
});
export const priceList = z.array(price).max(1000);
export type Price = z.infer<typeof price>;

/** Estimates from the services' public lists of late 2025; what the user adds (`airlock.prices`) goes before them. */
export const defaultPrices: readonly Price[] = [
  { model: 'claude-opus-4', input: 15, output: 75 },
  { model: 'claude-opus-4-5', input: 5, output: 25 },
  { model: 'claude-sonnet-4', input: 3, output: 15 },
  { model: 'claude-haiku-4-5', input: 1, output: 5 },
  { model: 'gpt-5', input: 1.25, output: 10 },
  { model: 'gpt-5-mini', input: 0.25, output: 2 },
  { model: 'gpt-5-nano', input: 0.05, output: 0.4 },
  { model: 'gemini-2.5-pro', input: 1.25, output: 10 },
  { model: 'gemini-2.5-flash', input: 0.3, output: 2.5 },
];

export interface Tokens {
  readonly input: number;
  readonly output: number;
}

/** Dollars, or undefined for a model that no price is known of: never taken for nothing. */
export function costOf(model: string, tokens: Tokens, own: readonly Price[]): number | undefined {
  const found = findPrice(own, model) ?? findPrice(defaultPrices, model);
  if (found === undefined) return undefined;
  return (tokens.input * found.input + tokens.output * found.output) / 1e6;
}

function findPrice(prices: readonly Price[], model: string): Price | undefined {
  const fitting = prices.filter((each) => model.startsWith(each.model));
  return fitting.sort((a, b) => b.model.length - a.model.length)[0];
}

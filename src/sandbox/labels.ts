/** Labels that every container and volume of ours carries. */
export const labels = {
  product: 'dev.airlock.product',
  session: 'dev.airlock.session',
  /** Who may reap it: `host:pid:start`. */
  owner: 'dev.airlock.owner',
  version: 'dev.airlock.version',
  contentHash: 'dev.airlock.content-hash',
  /** Of a base image that was made without a registry: the recipe's hash. */
  baseKey: 'dev.airlock.base-key',
} as const;

export const PRODUCT = 'airlock';

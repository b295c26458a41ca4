import { findSecrets } from '../../gateway/scan/find-secrets.js';

/** The kinds of secrets in what an agent proposes, for its review. */
export async function findProposedSecrets(text: string): Promise<readonly string[]> {
  return (await findSecrets(text)).map(({ kind }) => kind);
}

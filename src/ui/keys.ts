import * as vscode from 'vscode';
import type { KeySource, ModelAddress } from '../session/api.js';
import type { Dialogs } from './dialogs.js';
import { isLoopbackUrl, parseUrl, providerDefaults } from './settings-model.js';

/** Model servers on this machine want a header but no secret. */
const NO_SECRET = 'local';

/** Keys in VS Code's secret storage, one for each provider and address: none goes to another address. */
export class KeyStore {
  readonly #secrets: vscode.SecretStorage;

  constructor(secrets: vscode.SecretStorage) {
    this.#secrets = secrets;
  }

  /** What the session core asks at each model call. */
  readonly source: KeySource = async (address) => {
    const key = await this.#secrets.get(secretName(address));
    return key ?? (isLoopbackUrl(address.modelUrl) ? NO_SECRET : undefined);
  };

  /** Makes sure that there is a key for a run, asking once; false when the user gave none. */
  async prepare(address: ModelAddress, dialogs: Dialogs): Promise<boolean> {
    if ((await this.source(address)) !== undefined) return true;
    return this.ask(address, dialogs);
  }

  async ask(address: ModelAddress, dialogs: Dialogs): Promise<boolean> {
    const key = await dialogs.input({
      title: vscode.l10n.t('API key for {0}', describeAddress(address)),
      prompt: vscode.l10n.t('Kept in secret storage on this side; it never enters the sandbox.'),
      password: true,
      ignoreFocusOut: true,
      validateInput: (value) =>
        isPlausibleKey(value.trim()) ? undefined : vscode.l10n.t('Paste the key as one line.'),
    });
    if (key === undefined) return false;
    await this.#secrets.store(secretName(address), key.trim());
    return true;
  }

  async clear(address: ModelAddress): Promise<void> {
    await this.#secrets.delete(secretName(address));
  }
}

export function describeAddress({ provider, modelUrl }: ModelAddress): string {
  return `${provider} (${parseUrl(modelUrl)?.host ?? modelUrl})`;
}

function secretName({ provider, modelUrl }: ModelAddress): string {
  const origin = parseUrl(modelUrl)?.origin ?? modelUrl;
  const isDefault = origin === parseUrl(providerDefaults[provider].modelUrl)?.origin;
  return isDefault ? `airlock.key.${provider}` : `airlock.key.${provider}@${origin}`;
}

/** Visible ASCII: anything else could not be sent in a header. */
function isPlausibleKey(value: string): boolean {
  return /^[\x21-\x7e]{1,4096}$/.test(value);
}

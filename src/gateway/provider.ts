/** A wire protocol the gateway knows. */
export type ProviderId = 'anthropic' | 'openai';

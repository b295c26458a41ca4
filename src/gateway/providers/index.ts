import type { Provider, ProviderId } from '../provider.js';
import { anthropic } from './anthropic.js';
import { gemini } from './gemini.js';
import { openai } from './openai.js';

export const providers: Readonly<Record<ProviderId, Provider>> = { anthropic, openai, gemini };

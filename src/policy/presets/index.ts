import { type Policy, type PolicyInput, parsePolicy } from '../policy.js';
import { developer } from './developer.js';
import { readOnly } from './read-only.js';
import { unrestrictedInSandbox } from './unrestricted-in-sandbox.js';

export const presetNames = ['read-only', 'developer', 'unrestricted-in-sandbox'] as const;
export type PresetName = (typeof presetNames)[number];

const presets: Readonly<Record<PresetName, PolicyInput>> = {
  'read-only': readOnly,
  developer,
  'unrestricted-in-sandbox': unrestrictedInSandbox,
};

/** A built-in policy. */
export function loadPreset(name: PresetName): Policy {
  return parsePolicy(presets[name]);
}

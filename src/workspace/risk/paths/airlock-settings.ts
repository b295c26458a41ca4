import type { PathRule } from '../path-rule.js';

/** The workspace's own policy. At any depth: a nested folder may be opened as a workspace one day. */
export const airlockSettings: PathRule = {
  rule: 'airlock-settings',
  reason: 'it decides what later agent sessions may do here',
  places: ['.airlock'],
};

import * as vscode from 'vscode';
import type { UpstreamNetwork } from '../session/api.js';
import { toModelNetwork } from './model-network-model.js';

/** VS Code's own proxy and certificate settings, the user's part of them alone: a workspace cannot send the key elsewhere. */
export function readModelNetwork(): UpstreamNetwork {
  const config = vscode.workspace.getConfiguration('http');
  const user = (key: string): unknown => {
    const found = config.inspect<unknown>(key);
    return found?.globalValue ?? found?.defaultValue;
  };
  return toModelNetwork(user, process.env);
}

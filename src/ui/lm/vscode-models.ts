import * as vscode from 'vscode';
import { describeError } from '../../base/errors.js';
import type {
  ChatInput,
  ChatMessage,
  ChatPart,
  ChatProblem,
  ChatRequest,
  EditorModels,
} from '../../session/api.js';

/** The models that the user's VS Code has (Copilot's, or an extension's), by their id or family. */
export const vscodeModels: EditorModels = {
  async *chat(request, signal) {
    const all = await vscode.lm.selectChatModels();
    const model =
      request.model === ''
        ? all[0]
        : all.find(({ id, family }) => id === request.model || family === request.model);
    if (model === undefined) {
      yield { type: 'problem', problem: 'no-model', message: describeMissing(request.model, all) };
      return;
    }
    const source = new vscode.CancellationTokenSource();
    const cancel = () => source.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      const { stream } = await model.sendRequest(
        request.messages.map(toMessage),
        toOptions(request),
        source.token,
      );
      for await (const part of stream) {
        signal.throwIfAborted();
        const known = toPart(part);
        if (known !== undefined) yield known;
      }
    } catch (error) {
      if (signal.aborted) throw error;
      yield toProblem(error);
    } finally {
      signal.removeEventListener('abort', cancel);
      source.dispose();
    }
  },
};

function describeMissing(wanted: string, all: readonly vscode.LanguageModelChat[]): string {
  if (all.length === 0)
    return 'this VS Code has no language model; sign in to one, or choose another airlock.provider';
  const names = all.slice(0, 20).map(({ id }) => id);
  return `this VS Code has no model "${wanted}"; it has ${names.join(', ')}`;
}

function toOptions({ tools, mustCall }: ChatRequest): vscode.LanguageModelChatRequestOptions {
  const { Auto, Required } = vscode.LanguageModelChatToolMode;
  return {
    justification: vscode.l10n.t('The agent in the sandbox asks its model.'),
    tools: tools.map(({ name, description, schema }) => ({ name, description, inputSchema: schema })),
    toolMode: mustCall ? Required : Auto,
  };
}

function toMessage({ role, parts }: ChatMessage): vscode.LanguageModelChatMessage {
  const kind = vscode.LanguageModelChatMessageRole;
  return new vscode.LanguageModelChatMessage(
    role === 'user' ? kind.User : kind.Assistant,
    parts.map(toInput),
  );
}

function toInput(part: ChatInput) {
  switch (part.type) {
    case 'text':
      return new vscode.LanguageModelTextPart(part.text);
    case 'tool-call':
      return new vscode.LanguageModelToolCallPart(part.callId, part.name, part.input);
    case 'tool-result':
      return new vscode.LanguageModelToolResultPart(part.callId, [
        new vscode.LanguageModelTextPart(part.text),
      ]);
  }
}

/** Parts of kinds that came later (thoughts, data) are passed over. */
function toPart(part: unknown): ChatPart | undefined {
  if (part instanceof vscode.LanguageModelTextPart) return { type: 'text', text: part.value };
  if (part instanceof vscode.LanguageModelToolCallPart)
    return { type: 'tool-call', callId: part.callId, name: part.name, input: part.input };
  return undefined;
}

function toProblem(error: unknown): ChatProblem {
  const { NoPermissions, Blocked, NotFound } = vscode.LanguageModelError;
  const code = error instanceof vscode.LanguageModelError ? error.code : '';
  const problem =
    code === NoPermissions().code
      ? 'not-allowed'
      : code === Blocked().code
        ? 'blocked'
        : code === NotFound().code
          ? 'no-model'
          : 'failed';
  return { type: 'problem', problem, message: describeError(error) };
}

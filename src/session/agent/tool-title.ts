import { toVisibleLine } from '../../base/visible-text.js';
import type { ToolCall } from '../../protocol/tools.js';

/** One line that says what a call does, with hidden characters made visible. */
export function titleOf(call: ToolCall): string {
  switch (call.tool) {
    case 'run_command':
      return toVisibleLine(call.input.command);
    case 'search':
      return toVisibleLine(`search ${call.input.pattern} in ${call.input.path || '.'}`);
    case 'list_directory':
      return toVisibleLine(`list ${call.input.path || '.'}`);
    case 'read_file':
      return toVisibleLine(`read ${call.input.path}`);
    case 'write_file':
      return toVisibleLine(`write ${call.input.path}`);
    case 'edit_file':
      return toVisibleLine(`edit ${call.input.path}`);
  }
}

import * as z from 'zod';
import {
  editFileInput,
  listDirectoryInput,
  readFileInput,
  runCommandInput,
  searchInput,
  type ToolName,
  toolNames,
  writeFileInput,
} from '../../protocol/tools.js';
import type { ToolSpec } from './conversation.js';

interface Told {
  readonly schema: z.ZodType;
  readonly description: string;
}

const tellInputs = (prefix: string): Readonly<Record<ToolName, Told>> => ({
  read_file: {
    schema: readFileInput,
    description: 'Reads a text file, or some of its lines. Read a file before you edit it.',
  },
  write_file: {
    schema: writeFileInput,
    description: `Creates a file or replaces all of its content. Prefer ${prefix}edit_file for a file that exists.`,
  },
  edit_file: {
    schema: editFileInput,
    description:
      'Replaces exact pieces of text in a file, all or none. Each `old` must occur exactly once unless `all` is set; take enough lines around it to make it so.',
  },
  list_directory: { schema: listDirectoryInput, description: 'Lists a directory.' },
  search: {
    schema: searchInput,
    description:
      'Searches the content of files with a regular expression. Faster than reading files to find something.',
  },
  run_command: {
    schema: runCommandInput,
    description:
      'Runs one simple command, such as `git status` or `npm test`. No shell is started: no variables, no substitution, no background jobs.',
  },
});

/** The broker's tools as a model is told of them, their names after `prefix`. */
export function toolSpecs(prefix = ''): Array<ToolSpec & { readonly tool: ToolName }> {
  const inputs = tellInputs(prefix);
  return toolNames.map((tool) => {
    const { schema, description } = inputs[tool];
    // `io: input`: a property with a default may be left out.
    const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'input' });
    return { tool, name: `${prefix}${tool}`, description, schema: json };
  });
}

import * as z from 'zod';
import {
  editFileInput,
  listDirectoryInput,
  readFileInput,
  runCommandInput,
  searchInput,
  type ToolName,
  writeFileInput,
} from '../../protocol/tools.js';
import type { ToolSpec } from './conversation.js';

const inputs: Readonly<Record<ToolName, { schema: z.ZodType; description: string }>> = {
  read_file: {
    schema: readFileInput,
    description: 'Reads a text file, or some of its lines. Read a file before you edit it.',
  },
  write_file: {
    schema: writeFileInput,
    description: 'Creates a file or replaces all of its content. Prefer edit_file for a file that exists.',
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
};

/** The broker's tools as a model is told of them. */
export function toolSpecs(): ToolSpec[] {
  return Object.entries(inputs).map(([name, { schema, description }]) => {
    // `io: input`: a property with a default may be left out.
    const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'input' });
    return { name, description, schema: json };
  });
}

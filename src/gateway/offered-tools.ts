import * as z from 'zod';

const MAX_DEPTH = 4;
/** A tool that no name can be read of. */
const UNNAMED = '(a tool without a name)';

const body = z.looseObject({ tools: z.unknown().optional(), functions: z.unknown().optional() });
const named = z.looseObject({ name: z.string() });
/** Chat Completions. */
const wrapped = z.looseObject({ function: named });
/** Responses: tools of one MCP server under its name. */
const namespace = z.looseObject({
  type: z.literal('namespace'),
  name: z.string(),
  tools: z.array(z.unknown()),
});
/** Gemini, in either spelling. */
const declared = z.union([
  z
    .looseObject({ functionDeclarations: z.array(z.unknown()) })
    .transform((tool) => tool.functionDeclarations),
  z
    .looseObject({ function_declarations: z.array(z.unknown()) })
    .transform((tool) => tool.function_declarations),
]);
const typed = z.looseObject({ type: z.string() });

/** The names of the tools that a model request offers, in any of the wire protocols. What has no name is told too. */
export function listOfferedTools(json: unknown): readonly string[] {
  const parsed = body.safeParse(json);
  if (!parsed.success) return [];
  return [...readTools(parsed.data.tools, '', 0), ...readTools(parsed.data.functions, '', 0)];
}

function readTools(tools: unknown, prefix: string, depth: number): string[] {
  if (tools === undefined || tools === null) return [];
  if (!Array.isArray(tools) || depth > MAX_DEPTH) return [UNNAMED];
  return tools.flatMap((tool: unknown) => readTool(tool, prefix, depth));
}

function readTool(tool: unknown, prefix: string, depth: number): string[] {
  const group = namespace.safeParse(tool);
  if (group.success) return readTools(group.data.tools, `${prefix}${group.data.name}.`, depth + 1);
  const declarations = declared.safeParse(tool);
  if (declarations.success) {
    const others = Object.keys(tool as object).filter((key) => !/^function_?declarations$/i.test(key));
    return [...readTools(declarations.data, prefix, depth + 1), ...others];
  }
  const inner = wrapped.safeParse(tool);
  if (inner.success) return [`${prefix}${inner.data.function.name}`];
  const plain = named.safeParse(tool);
  if (plain.success) return [`${prefix}${plain.data.name}`];
  const service = typed.safeParse(tool);
  if (service.success) return [service.data.type];
  // Gemini's own tools are named by their only key.
  return typeof tool === 'object' && tool !== null ? Object.keys(tool) : [UNNAMED];
}

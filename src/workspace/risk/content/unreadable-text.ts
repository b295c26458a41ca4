import type { ContentRule } from './content.js';

/** Source that is no text: one wrong byte makes it binary, so that no line of it is shown or searched. */
export const unreadableText: ContentRule = {
  rule: 'unreadable-text',
  judge: ({ change, name, before, after }) => {
    if (change.after.kind !== 'file' || after !== undefined) return undefined;
    const wasText = change.before.kind === 'file' && before !== undefined && before !== '';
    if (!wasText && !SOURCE.test(name)) return undefined;
    return { reason: 'it is not plain text, so what it does cannot be shown' };
  },
};

const SOURCE =
  /\.(?:[cm]?[jt]sx?|vue|svelte|astro|py|pyi|pyw|rb|php|pl|pm|lua|sh|bash|zsh|fish|ps1|psm1|bat|cmd|c|cc|cpp|cxx|h|hh|hpp|m|mm|rs|go|java|kt|kts|scala|groovy|cs|fs|vb|swift|dart|ex|exs|erl|hs|ml|clj|el|lisp|r|jl|sql|json|jsonc|ya?ml|toml|ini|cfg|conf|xml|html?|css|scss|less|tf|proto|graphql|md|txt)$/;

/**
 * Whether a path is plainly that of a source, a text, data or a picture, by a definition that owes nothing to the rules
 * under test: no name of it begins with a dot, no folder of it is one of installed code, hooks or
 * lists of requirements, its name is none that a build tool, package manager, test runner or agent looks for, and its
 * ending is one of the usual ones.
 */
export function isOrdinary(path: string): boolean {
  const names = path.split('/');
  const name = names.at(-1) ?? '';
  if (names.some((one) => /^\.|^requirements/.test(one) || INSTALLED.has(one))) return false;
  return !STEERING.test(name) && ENDING.test(name);
}

const INSTALLED = new Set(['node_modules', 'venv', 'site-packages', 'bower_components', 'hooks']);

const STEERING =
  /^(?:package(?:-lock)?\.json|npm-shrinkwrap\.json|lerna\.json|tsconfig.*|jsconfig.*|composer\.json|pyproject\.toml|cargo\.toml|pom\.xml|setup\.(?:py|cfg)|conftest\.py|noxfile\.py|build\..*|settings\.gradle.*|makefile.*|cmakelists\.txt|(?:.*-)?requirements.*\.txt|rakefile.*|gemfile.*|.*\.gemspec|.*\.gradle|.*\.kts|.*\.(?:cs|fs|vb)proj|.*\.(?:props|targets|sln|mk|cmake|m4|bat|cmd|ps1|sh|lock)|.*\.config\..*|.*\.conf\.js|.*\.setup\.\w+|phpunit.*|phpstan.*|psalm.*|agents\.md|claude\.md|gemini\.md|copilot.*\.md|.*compose.*\.ya?ml|dockerfile.*|.*\.ya?ml|.*\.toml|.*\.ini|.*\.cfg)$/i;

const ENDING =
  /\.(?:[cm]?[jt]sx?|vue|svelte|py|pyi|rb|erb|php|go|rs|java|kt|scala|cs|fs|vb|swift|c|cc|cpp|h|hpp|hh|m|mm|lua|tcl|pl|pm|ex|exs|erl|hs|ml|clj|r|jl|dart|sql|md|markdown|mdx|rst|txt|adoc|html?|css|scss|less|sass|json|csv|tsv|xml|svg|png|jpe?g|gif|webp|ico|woff2?|ttf|pdf|proto|graphql|snap|po|mo)$/i;

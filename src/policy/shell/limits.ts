/** Bounds of a script; past one it is refused. Characters are UTF-16 units, heredoc bodies included. */
export const maxScriptChars = 32_768;
/** Compound commands and substitutions inside one another. */
export const maxDepth = 32;
/** Words of one command or of one `for` list, braces expanded. */
export const maxWords = 1_000;
/** Simple commands in all. */
export const maxCommands = 200;
/** Numbers, names and their signs in one `$((…))`. */
export const maxArithmeticTerms = 100;
/** What one word's braces may become. */
export const maxBraceWords = 256;
/** What all braces of a script may become. */
export const maxBraceWordsInAll = 2_000;
/** Unquoted `{` in one word: each that closes nowhere costs a look at the rest of the word. */
export const maxOpenBraces = 64;
/** What one word's braces may become, in unquoted characters and in quoted texts and expansions. */
export const maxBraceChars = 65_536;

/** Never written by a tool: what is here runs by itself or speaks for the user. */
export const protectedFiles = ['**/.git', '**/.git/**'];

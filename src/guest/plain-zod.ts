import * as z from 'zod';

// For a program whose start is waited for: zod compiles each parser when it is first used, which only pays for itself
// after many uses.
z.config({ jitless: true });

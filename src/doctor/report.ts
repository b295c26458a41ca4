import * as z from 'zod';

const finding = z.object({
  /** Never changes. */
  id: z.string(),
  title: z.string(),
  status: z.enum(['ok', 'warn', 'fail', 'unknown']),
  /** What is so, and what it means. */
  reason: z.string(),
  /** What to do about it; not there when nothing needs to be done. */
  fix: z.string().optional(),
  details: z.array(z.string()).optional(),
});

/** What the doctor found, as `airlock doctor --json` prints it. */
export const doctorReport = z.object({
  version: z.literal(1),
  airlock: z.string(),
  /** ISO 8601. */
  at: z.iso.datetime(),
  findings: z.array(finding),
});

export type DoctorReport = z.infer<typeof doctorReport>;
export type Finding = z.infer<typeof finding>;

import * as z from 'zod';

// The answers of the Engine API, as far as they are looked at. An inspection for the posture is in inspection.ts.

const labels = z.record(z.string(), z.string());

export const imageAnswer = z.object({
  Id: z.string(),
  Config: z.object({ Labels: labels.nullish() }).nullish(),
});
/** Of a container, and of a program to be started in one. */
export const createAnswer = z.object({ Id: z.string().regex(/^[\w.-]{1,128}$/) });
export const waitAnswer = z.object({ StatusCode: z.number() });
export const stateAnswer = z.object({
  State: z.object({ Running: z.boolean(), Paused: z.boolean(), OOMKilled: z.boolean() }),
});
export const containersAnswer = z.array(
  z.object({
    Id: z.string().max(128),
    State: z.string(),
    Labels: labels.nullish().transform((found) => found ?? {}),
  }),
);
export const volumesAnswer = z.object({
  Volumes: z.array(z.object({ Name: z.string().max(255), Labels: labels.nullish() })).nullish(),
});
export const buildLine = z.object({
  stream: z.string().optional(),
  status: z.string().optional(),
  error: z.string().optional(),
});

import { AirlockError } from './errors.js';

/** What can be in the way of a decision on a stored review. */
export const reviewErrors = {
  busy: (holder: string) =>
    new AirlockError({
      code: 'review-held',
      what: `Another window or command is deciding in this review (${holder}).`,
      effect: 'Nothing was decided or written; the proposals are kept.',
      nextStep: 'Wait until it is done, then do it again.',
    }),
  held: (sessionId: string, holder: string) =>
    new AirlockError({
      code: 'review-held',
      what: `The review of session ${sessionId} belongs to a process that still runs (${holder}): its agent, or the window that it ran in.`,
      effect: 'Nothing was decided or written.',
      nextStep: 'Decide in that window, or end it and run the command again.',
    }),
  /** Nothing is there that the command could be about. */
  missing: (what: string, nextStep: string) =>
    new AirlockError({ code: 'review-missing', what, effect: 'Nothing was decided or written.', nextStep }),
  newer: (location: string) =>
    new AirlockError({
      code: 'review-newer',
      what: `The review in ${location} was written by a later version of Airlock, which this one cannot read.`,
      effect: 'It was left as it is. Nothing was decided or written.',
      nextStep: 'Update Airlock, or decide in the window that runs the later version.',
    }),
  damaged: (sessionId: string, reason: string, movedTo: string) =>
    new AirlockError({
      code: 'review-damaged',
      what: `The review of session ${sessionId} is damaged (${reason}).`,
      effect: `Nothing was decided or written. It was kept as ${movedTo}, with the proposed bytes beside it.`,
      nextStep: 'Look at that file, or run the agent again.',
    }),
};

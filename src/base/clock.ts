/** Milliseconds since the epoch; injected so that time is data in the pure parts. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();

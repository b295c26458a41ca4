/** What both ends of an HTTP/2 road use: windows wide enough that a pipe, not flow control, sets the pace. */
export const roadSettings = {
  initialWindowSize: 4 * 1024 * 1024,
  maxConcurrentStreams: 128,
  enablePush: false,
} as const;

/** Receive window of the whole connection, bytes. */
export const roadWindowBytes = 16 * 1024 * 1024;

/** Bound on what one connection may hold in memory, in the megabytes that Node counts in. */
export const roadMemoryMb = 64;

/** Changes when the messages do; each side refuses another. */
export const protocolVersion = '3';

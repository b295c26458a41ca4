/** HTTP/2 flow-control window of a road, bytes: wide enough to keep the stdio pipe full. */
export const windowBytes = 4 * 1024 * 1024;

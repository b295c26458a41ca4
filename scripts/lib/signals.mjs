const SIGNALS = /** @type {const} */ ({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 });

/** Makes Ctrl-C and a polite kill end this process the normal way, so that what it started is ended too. */
export function exitOnSignals() {
  for (const [name, code] of Object.entries(SIGNALS)) process.once(name, () => process.exit(code));
}

/** Waits for the user to end the program, instead of exiting at once. @returns {Promise<void>} */
export function untilSignal() {
  return new Promise((resolve) => {
    for (const name of Object.keys(SIGNALS)) {
      process.removeAllListeners(name);
      process.once(name, () => resolve());
    }
  });
}

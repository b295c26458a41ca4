import { Transform, type TransformCallback } from 'node:stream';

/** Passes bytes on and fails at a line longer than `maxBytes`: what reads behind it collects whole lines. */
export function boundLines(maxBytes: number): Transform {
  let length = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      let start = 0;
      for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
        length += end - start;
        if (length > maxBytes) return done(tooLong(maxBytes));
        length = 0;
        start = end + 1;
      }
      length += chunk.length - start;
      if (length > maxBytes) return done(tooLong(maxBytes));
      done(null, chunk);
    },
  });
}

function tooLong(maxBytes: number): Error {
  return new Error(`a message is longer than ${maxBytes} bytes`);
}

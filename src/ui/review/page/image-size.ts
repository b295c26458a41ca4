export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

const types: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  bmp: 'image/bmp',
  ico: 'image/x-icon',
};

/** The media type of a picture that can be shown, by its name; none for one that is text. */
export function imageType(path: string): string | undefined {
  return types[path.slice(path.lastIndexOf('.') + 1).toLowerCase()];
}

/** Pixels of a picture as its header tells them; undefined for what is no such picture. Throws for one cut short. */
export function readImageSize(bytes: Uint8Array): ImageSize | undefined {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (data.subarray(0, 8).equals(PNG)) return { width: data.readUInt32BE(16), height: data.readUInt32BE(20) };
  if (/^GIF8[79]a/.test(data.toString('latin1', 0, 6)))
    return { width: data.readUInt16LE(6), height: data.readUInt16LE(8) };
  if (data.toString('latin1', 0, 2) === 'BM')
    return { width: Math.abs(data.readInt32LE(18)), height: Math.abs(data.readInt32LE(22)) };
  if (data.toString('latin1', 0, 4) === 'RIFF' && data.toString('latin1', 8, 12) === 'WEBP')
    return readWebp(data);
  if (data.subarray(0, 4).equals(ICO)) return readIcon(data);
  return data.subarray(0, 2).equals(JPEG) ? readJpeg(data) : undefined;
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const ICO = Buffer.from([0, 0, 1, 0]);
const JPEG = Buffer.from([0xff, 0xd8]);

function readWebp(data: Buffer): ImageSize | undefined {
  switch (data.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return { width: data.readUInt16LE(26) & 0x3fff, height: data.readUInt16LE(28) & 0x3fff };
    case 'VP8L': {
      const bits = data.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8X':
      return { width: data.readUIntLE(24, 3) + 1, height: data.readUIntLE(27, 3) + 1 };
    default:
      return undefined;
  }
}

/** The largest picture in it; 0 stands for 256. One of them may be a whole PNG, which counts with its own size. */
function readIcon(data: Buffer): ImageSize {
  let largest: ImageSize = { width: 0, height: 0 };
  for (let index = 0; index < data.readUInt16LE(4); index += 1) {
    const entry = 6 + 16 * index;
    const inner = data.subarray(data.readUInt32LE(entry + 12));
    const size = inner.subarray(0, 8).equals(PNG)
      ? { width: inner.readUInt32BE(16), height: inner.readUInt32BE(20) }
      : { width: data.readUInt8(entry) || 256, height: data.readUInt8(entry + 1) || 256 };
    if (size.width * size.height > largest.width * largest.height) largest = size;
  }
  return largest;
}

/** The segment that starts a frame holds the size. */
function readJpeg(data: Buffer): ImageSize | undefined {
  for (let at = 2; at + 9 < data.length; ) {
    if (data.readUInt8(at) !== 0xff) return undefined;
    const marker = data.readUInt8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: data.readUInt16BE(at + 7), height: data.readUInt16BE(at + 5) };
    const isBare = marker === 0xff || (marker >= 0xd0 && marker <= 0xd7);
    at += marker === 0xff ? 1 : isBare ? 2 : 2 + data.readUInt16BE(at + 2);
  }
  return undefined;
}

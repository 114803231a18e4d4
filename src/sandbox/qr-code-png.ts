import { crc32, deflateSync } from 'node:zlib';
import { encode } from 'uqr';

/** Pixels a side of one module, and modules of white around the code, as readers want them. */
const SCALE = 4;
const BORDER = 4;

/** A picture of the text as a QR code. @see https://www.w3.org/TR/png-3/ */
export function qrCodePng(text: string): Buffer {
  const { data } = encode(text, { border: BORDER });
  const rows = data.flatMap((modules) => {
    const pixels = modules.flatMap((isBlack) => Array<number>(SCALE).fill(isBlack ? 0 : 255));
    // Each row begins with its filter: none.
    return Array<number[]>(SCALE).fill([0, ...pixels]);
  });
  const size = data.length * SCALE;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header[8] = 8; // bits of grey; the rest, all zero, is the usual
  return Buffer.concat([
    Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

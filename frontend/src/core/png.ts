/** A small picture as a PNG file, for pages in which nothing can draw yet. */

export type Rgba = readonly [number, number, number, number];

/**
 * A PNG with a palette, as a data address.
 *
 * @param indices one byte a pixel, row by row: which colour of the palette it has.
 * @param palette at most 256 colours with their opacity, 0 to 255 each.
 */
export function png(width: number, indices: Uint8Array, palette: readonly Rgba[]): string {
  const height = indices.length / width;
  const rows: number[] = [];
  for (let r = 0; r < height; r++) {
    rows.push(0, ...indices.subarray(r * width, (r + 1) * width));
  }
  return file(width, height, 3, rows, [
    ...chunk(
      "PLTE",
      palette.flatMap((colour) => colour.slice(0, 3)),
    ),
    ...chunk(
      "tRNS",
      palette.map(([, , , alpha]) => alpha),
    ),
  ]);
}

/**
 * A PNG of red, green and blue, as a data address.
 *
 * @param bytes three a pixel, row by row.
 */
export function pngOfColours(width: number, bytes: Uint8Array): string {
  const height = bytes.length / (3 * width);
  const rows: number[] = [];
  for (let r = 0; r < height; r++) {
    rows.push(0, ...bytes.subarray(3 * r * width, 3 * (r + 1) * width));
  }
  return file(width, height, 2, rows, []);
}

/** @param type 2 for red, green and blue, 3 for a palette, which stands among the `chunks`. */
function file(
  width: number,
  height: number,
  type: 2 | 3,
  rows: readonly number[],
  chunks: readonly number[],
): string {
  const bytes = [
    ...[137, 80, 78, 71, 13, 10, 26, 10],
    ...chunk("IHDR", [...big(width), ...big(height), 8, type, 0, 0, 0]),
    ...chunks,
    ...chunk("IDAT", stored(rows)),
    ...chunk("IEND", []),
  ];
  return `data:image/png;base64,${btoa(String.fromCharCode(...bytes))}`;
}

/** A zlib stream that is not compressed: pictures here have a few thousand pixels. */
function stored(data: readonly number[]): number[] {
  const most = 0xffff;
  const blocks: number[] = [0x78, 0x01];
  for (let at = 0; at < data.length; at += most) {
    const part = data.slice(at, at + most);
    const last = at + most >= data.length ? 1 : 0;
    const { length } = part;
    blocks.push(last, length & 255, length >> 8, ~length & 255, (~length >> 8) & 255, ...part);
  }
  let [a, b] = [1, 0];
  for (const byte of data) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return [...blocks, ...big(((b << 16) | a) >>> 0)];
}

function chunk(name: string, data: readonly number[]): number[] {
  const body = [...name].map((letter) => letter.charCodeAt(0)).concat(data);
  return [...big(data.length), ...body, ...big(checksum(body))];
}

/** CRC-32, bit by bit. */
function checksum(bytes: readonly number[]): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

const big = (n: number) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];

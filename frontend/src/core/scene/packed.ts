/** Photographs packed without loss: see course_lib/demos/scene_backgrounds_page.py. */

/** A photograph as the page's data has it. */
export interface PackedPhotograph {
  height: number;
  width: number;
  /** The Rice parameter of each plane and context. */
  parameters: readonly (readonly number[])[];
  /** Base64. */
  bits: string;
}

export interface PackedPhotographs {
  /** Where one context ends and the next begins. */
  limits: readonly number[];
  photographs: Readonly<Record<string, PackedPhotograph>>;
}

/** Pixels of one or three channels, from 0 to 255. */
export interface Pixels {
  height: number;
  width: number;
  /** Red, green and blue; of a grey photograph the one plane. */
  planes: readonly Uint8Array[];
}

export function unpack(packed: PackedPhotograph, limits: readonly number[]): Pixels {
  const { height, width } = packed;
  const bits = new Bits(Uint8Array.from(atob(packed.bits), (letter) => letter.charCodeAt(0)));
  const contexts = contextTable(limits);
  let before: Int16Array | null = null;
  const planes: Uint8Array[] = [];
  for (const parameters of packed.parameters) {
    const left = new Int16Array(height * width);
    planes.push(unpackPlane(bits, height, width, parameters, contexts, before, left));
    before = left;
  }
  const [green, red, blue] = planes;
  if (!green || !red || !blue) return { height, width, planes };
  for (let i = 0; i < green.length; i++) {
    red[i] = red[i]! + green[i]! - 128;
    blue[i] = blue[i]! + green[i]! - 128;
  }
  return { height, width, planes: [red, green, blue] };
}

/** The context of each activity: at most 3 · 255 + 2 · 128. */
function contextTable(limits: readonly number[]): Uint8Array {
  return Uint8Array.from({ length: 1024 }, (_, activity) => {
    const end = limits.findIndex((limit) => activity < limit);
    return end < 0 ? limits.length : end;
  });
}

/** One plane; what the prediction left goes into `left` for the next plane's contexts. */
function unpackPlane(
  bits: Bits,
  height: number,
  width: number,
  parameters: readonly number[],
  contexts: Uint8Array,
  before: Int16Array | null,
  left: Int16Array,
): Uint8Array {
  const plane = new Uint8Array(height * width);
  const stride = width + 2;
  // The row above and the one being read, with a pixel more on either side.
  let above = new Int16Array(stride).fill(128);
  let row = new Int16Array(stride);
  for (let r = 0; r < height; r++) {
    row[0] = above[1]!;
    for (let c = 0; c < width; c++) {
      const west = row[c]!;
      const north = above[c + 1]!;
      const northWest = above[c]!;
      const low = Math.min(west, north);
      const high = Math.max(west, north);
      const prediction = Math.min(Math.max(west + north - northWest, low), high);
      let activity =
        Math.abs(west - northWest) + Math.abs(northWest - north) + Math.abs(north - above[c + 2]!);
      const i = r * width + c;
      if (before) activity += 2 * Math.abs(before[i]!);
      const value = bits.rice(parameters[contexts[activity]!]!);
      const difference = value & 1 ? -((value + 1) >> 1) : value >> 1;
      left[i] = difference;
      plane[i] = row[c + 1] = (prediction + difference) & 255;
    }
    row[width + 1] = row[width]!;
    [above, row] = [row, above];
  }
  return plane;
}

/** Bits, the highest of each byte first. */
class Bits {
  private readonly bytes: Uint8Array;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** A Rice code: ones, a zero, then the k lowest bits. */
  rice(k: number): number {
    let value = 0;
    while (this.bit()) value++;
    for (let i = 0; i < k; i++) value = (value << 1) | this.bit();
    return value;
  }

  private bit(): number {
    const bit = (this.bytes[this.at >> 3]! >> (7 - (this.at & 7))) & 1;
    this.at++;
    return bit;
  }
}

/** The arithmetic of training in WebAssembly: `assembly/training.ts`, compiled. */

export interface Binaries {
  /** For every browser that has vectors, and for those that multiply and add at once; base64. */
  plain: string;
  fused: string;
}

/** Addresses are in bytes; rows hold twenty samples. */
export interface Arithmetic {
  forward(...numbers: number[]): void;
  backward(...numbers: number[]): void;
  weightGradient(...numbers: number[]): void;
  biasGradient(...numbers: number[]): void;
  gate(dz: number, activation: number, rows: number): void;
  /** @returns the sum of the losses. */
  crossEntropy(...numbers: number[]): number;
  wrong: WebAssembly.Global;
  update(...numbers: number[]): void;
  gather(...numbers: number[]): void;
}

/** Samples side by side in a row. */
export const LANES = 20;
export const ROW = LANES * 4;

const PAGE = 65536;
/** Below it the modules keep their constants. */
const FIRST = 2048;

/** @throws where the browser has no vectors in WebAssembly. */
export async function compile({ plain, fused }: Binaries): Promise<WebAssembly.Module> {
  const best = bytes(fused);
  return WebAssembly.compile(WebAssembly.validate(best) ? best : bytes(plain));
}

function bytes(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** Memory that is handed out piece by piece. */
export class Heap {
  readonly memory: WebAssembly.Memory;
  #free = FIRST;

  constructor(memory = new WebAssembly.Memory({ initial: 1 })) {
    this.memory = memory;
  }

  /** The address of `count` numbers of four bytes, all zero, with room to read a little beyond. */
  take(count: number): number {
    const address = this.#free;
    this.#free = Math.ceil((address + 4 * count) / 64) * 64;
    const needed = Math.ceil((this.#free + 4 * ROW) / PAGE) - this.memory.buffer.byteLength / PAGE;
    if (needed > 0) this.memory.grow(needed);
    return address;
  }

  floats(address: number, count: number): Float32Array {
    return new Float32Array(this.memory.buffer, address, count);
  }

  ints(address: number, count: number): Int32Array {
    return new Int32Array(this.memory.buffer, address, count);
  }

  bytes(address: number, count: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, address, count);
  }
}

/** The arithmetic of training and its memory. */
export class Machine extends Heap {
  readonly run: Arithmetic;

  constructor(module: WebAssembly.Module) {
    super();
    const { exports } = new WebAssembly.Instance(module, { env: { memory: this.memory } });
    this.run = exports as unknown as Arithmetic;
  }
}

/** The arithmetic of inference in WebAssembly: `assembly/inference.ts`, compiled. */

import { type Binaries, compile, Heap } from "../arithmetic.ts";

/** See `assembly/inference.ts`; addresses and steps are in bytes. */
export interface Arithmetic {
  convolve(...numbers: number[]): void;
  maxPool(...numbers: number[]): void;
  unpool(...numbers: number[]): void;
  duplicate(...numbers: number[]): void;
  bilinear(...numbers: number[]): void;
  copy(...numbers: number[]): void;
  add(...numbers: number[]): void;
  gate(...numbers: number[]): void;
  mean(...numbers: number[]): void;
}

/** One network's memory and the arithmetic on it. */
export class InferenceMachine extends Heap {
  readonly run: Arithmetic;

  private constructor(memory: WebAssembly.Memory, run: Arithmetic) {
    super(memory);
    this.run = run;
  }

  /** @throws where the browser has no vectors in WebAssembly. */
  static async start(binaries: Binaries | WebAssembly.Module): Promise<InferenceMachine> {
    const module = binaries instanceof WebAssembly.Module ? binaries : await compile(binaries);
    const memory = new WebAssembly.Memory({ initial: 1 });
    // Asynchronous: a page's main thread may not make instances at once.
    const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
    return new InferenceMachine(memory, exports as unknown as Arithmetic);
  }
}

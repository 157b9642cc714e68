import type { Binaries } from "../src/core/arithmetic.ts";

/** Both modules of `training.ts`, in base64. */
export function compileTraining(): Promise<Binaries>;

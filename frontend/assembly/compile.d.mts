import type { Binaries } from "../src/core/arithmetic.ts";

/** Both modules of `training.ts`, in base64. */
export function compileTraining(): Promise<Binaries>;
/** Both modules of `inference.ts`, in base64. */
export function compileInference(): Promise<Binaries>;

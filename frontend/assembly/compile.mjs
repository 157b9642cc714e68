/** Compiles the arithmetic: once for every browser, once for those that multiply and add at once. */

import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

/** @returns {Promise<Uint8Array>} the WebAssembly module. */
async function compile(name, features) {
  let binary = null;
  const { error, stderr } = await asc.main(
    [
      fileURLToPath(new URL(name, import.meta.url)),
      ...["--outFile", "out.wasm", "--runtime", "stub", "--noAssert", "-O3"],
      ...["--importMemory", "--initialMemory", "1", "--memoryBase", "1024"],
      ...features.flatMap((feature) => ["--enable", feature]),
    ],
    {
      writeFile(written, contents) {
        if (written.endsWith(".wasm")) binary = contents;
      },
    },
  );
  if (error || binary === null) throw new Error(`${name} does not compile:\n${stderr}`);
  return binary;
}

/** @returns {Promise<{ plain: string, fused: string }>} both modules of a source, in base64. */
async function compileBoth(name) {
  const plain = await compile(name, ["simd"]);
  const fused = await compile(name, ["simd", "relaxed-simd"]);
  return {
    plain: Buffer.from(plain).toString("base64"),
    fused: Buffer.from(fused).toString("base64"),
  };
}

export const compileTraining = () => compileBoth("training.ts");
export const compileInference = () => compileBoth("inference.ts");

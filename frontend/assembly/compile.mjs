/** Compiles training.ts: once for every browser, once for those that multiply and add at once. */

import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const source = fileURLToPath(new URL("training.ts", import.meta.url));

/** @returns {Promise<Uint8Array>} the WebAssembly module. */
async function compile(features) {
  let binary = null;
  const { error, stderr } = await asc.main(
    [
      source,
      ...["--outFile", "out.wasm", "--runtime", "stub", "--noAssert", "-O3"],
      ...["--importMemory", "--initialMemory", "1", "--memoryBase", "1024"],
      ...features.flatMap((feature) => ["--enable", feature]),
    ],
    {
      writeFile(name, contents) {
        if (name.endsWith(".wasm")) binary = contents;
      },
    },
  );
  if (error || binary === null) throw new Error(`training.ts does not compile:\n${stderr}`);
  return binary;
}

/** @returns {Promise<{ plain: string, fused: string }>} both modules in base64. */
export async function compileTraining() {
  const [plain, fused] = [await compile(["simd"]), await compile(["simd", "relaxed-simd"])];
  return {
    plain: Buffer.from(plain).toString("base64"),
    fused: Buffer.from(fused).toString("base64"),
  };
}

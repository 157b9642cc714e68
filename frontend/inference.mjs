/** Writes the page's inference as one classic script, for a page that measures it: FILE.js */

import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { compileInference } from "./assembly/compile.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

await esbuild.build({
  bundle: true,
  minify: true,
  target: "es2022",
  format: "iife",
  globalName: "inference",
  outfile: process.argv[2],
  stdin: {
    contents: `export { Runner } from "./src/core/inference/runner.ts";
      export { multiplyAdds } from "./src/core/inference/plan.ts";
      export const binaries = ${JSON.stringify(await compileInference())};`,
    resolveDir: here("."),
  },
});

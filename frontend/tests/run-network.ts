/**
 * Runs a stored network on images, for tests in Python: NETWORK.json IMAGES OUTPUTS.
 * Images and outputs are files of 32-bit numbers, one after the other.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { compileInference } from "../assembly/compile.mjs";
import { Runner } from "../src/core/inference/runner.ts";

const [network, images, outputs] = process.argv.slice(2) as [string, string, string];
const runner = await Runner.start(
  JSON.parse(readFileSync(network, "utf8")),
  await compileInference(),
);
const bytes = readFileSync(images);
const numbers = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
const [channels, rows, columns] = runner.plan.image;
const count = channels * rows * columns;
const results: Uint8Array[] = [];
for (let at = 0; at < numbers.length; at += count) {
  runner.run(numbers.subarray(at, at + count));
  results.push(new Uint8Array(runner.map().values.buffer));
}
writeFileSync(outputs, Buffer.concat(results));

import assert from "node:assert/strict";
import { test } from "node:test";
import { convolve } from "../../src/core/convolution.ts";
import { convolutionMatrix } from "../../src/core/matrix.ts";
import { deviation, golden, SENTENCES } from "./golden.ts";

test("every golden matrix equals torch's to 1e-6, and what torch refuses is refused", (t) => {
  let largest = 0;
  for (const { kernel, matrix, error, ...rest } of golden.matrices) {
    const attempt = () => convolutionMatrix(kernel, { ...rest, kernelSize: kernel.length });
    if (error !== undefined) {
      assert.throws(attempt, { name: "RangeError", message: SENTENCES[error] });
    } else {
      const off = deviation(attempt(), matrix);
      assert.ok(off < 1e-6, `off by ${off}: ${JSON.stringify(rest)}`);
      largest = Math.max(largest, off);
    }
  }
  t.diagnostic(`largest deviation from torch: ${largest.toExponential(1)}`);
});

test("the matrix times the signal is the convolution", () => {
  for (const c of golden.cases.filter((c) => c.z && !c.b)) {
    const signal = c.x[0]!;
    const kernel = c.w[0]![0]!;
    const g = { ...c, length: signal.length, kernelSize: kernel.length };
    const product = convolutionMatrix(kernel, g).map((row) =>
      row.reduce((sum, weight, j) => sum + weight * signal[j]!, 0),
    );
    assert.ok(deviation(product, convolve(signal, kernel, c)) < 1e-9);
  }
});

test("each weight stands on its own diagonal", () => {
  const g = { length: 4, kernelSize: 3, stride: 1, dilation: 1, padding: "zeros" } as const;
  assert.deepEqual(convolutionMatrix([1, 2, 3], g), [
    [2, 3, 0, 0],
    [1, 2, 3, 0],
    [0, 1, 2, 3],
    [0, 0, 1, 2],
  ]);
});

test("a kernel of another size than the geometry's is refused in words", () => {
  const g = { length: 4, kernelSize: 3, stride: 1, dilation: 1, padding: "zeros" } as const;
  assert.throws(() => convolutionMatrix([1, 2], g), {
    name: "RangeError",
    message: "The kernel has 2 weights, but the geometry says 3.",
  });
});

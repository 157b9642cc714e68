import assert from "node:assert/strict";
import { test } from "node:test";
import { byteSize, grouped } from "../../../src/core/format.ts";
import { label, rows, sentence, spoken } from "../../../src/demos/architecture/sentences.ts";
import { snippet } from "../../../src/demos/architecture/snippet.ts";
import { amount, check, costs, type State } from "../../../src/demos/architecture/state.ts";

const state = (change: { [Key in keyof State]?: unknown } = {}) =>
  ({
    size: 224,
    channels: 3,
    maps: 3,
    kernelSize: 3,
    quantity: "weights",
    precision: "float32",
    ...change,
  }) as State;

test("the lecture's layer has 22,658,678,784 weights, which fill 84.4 GiB", () => {
  const { dense } = costs(state());
  assert.equal(dense.weights, 22_658_678_784);
  const [weights, , memory] = rows(state(), costs(state()));
  assert.equal(weights!.dense, "22,658,678,784");
  assert.equal(memory!.dense, "84.4 GiB");
  assert.equal(memory!.convolution, "336 bytes");
});

test("memory depends on how numbers are stored, and counts biases too", () => {
  const { convolution } = costs(state());
  assert.equal(amount(convolution, "memory", "float16"), 2 * (81 + 3));
  assert.equal(amount(convolution, "memory", "float64"), 8 * (81 + 3));
  assert.equal(amount(convolution, "multiply-adds", "float64"), 81 * 224 * 224);
});

test("the largest layer is counted exactly", () => {
  const { dense } = costs(state({ size: 1024, channels: 4, maps: 64 }));
  assert.ok(Number.isSafeInteger(dense.weights));
  assert.equal(BigInt(dense.weights), 1024n ** 4n * 256n);
});

test("an even kernel and every other impossible trait are refused in words", () => {
  assert.equal(check(state()), null);
  assert.match(String(check(state({ kernelSize: 4 }))?.message), /it is odd/);
  const bad = { size: 0, channels: 5, maps: 65, kernelSize: 13, quantity: "x", precision: "int8" };
  for (const [trait, value] of Object.entries(bad)) {
    assert.equal(check(state({ [trait]: value }))?.control, trait);
  }
});

test("the sentence compares, whichever layer has more weights", () => {
  assert.match(sentence(state(), costs(state())), /81 weights, .* 280 million times as many\.$/);
  const tiny = state({ size: 1 });
  assert.match(sentence(tiny, costs(tiny)), /fewer: on so small an image/);
  assert.match(spoken(state(), costs(state())), /fully connected 22.7 billion, convolutional 81$/);
});

test("numbers and sizes read well at every magnitude", () => {
  assert.equal(grouped(1234567), "1,234,567");
  assert.equal(grouped(999), "999");
  assert.equal(byteSize(1023), "1.00 KiB");
  assert.equal(byteSize(12), "12 bytes");
  assert.equal(byteSize(2 ** 30 * 84.4), "84.4 GiB");
  assert.equal(label(999_600, "weights"), "1.00 million");
  assert.equal(label(2 ** 20, "memory"), "1.00 MiB");
});

test("the snippet builds both layers without taking their memory", () => {
  const code = snippet(state({ kernelSize: 7 })).map((line) => line.code);
  assert.ok(code.includes('with torch.device("meta"):  # shapes alone: no memory is taken'));
  assert.ok(code.some((line) => line.includes("maps, 7, padding=3")));
});

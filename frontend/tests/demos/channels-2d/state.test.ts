import assert from "node:assert/strict";
import { test } from "node:test";
import { convolve2d, filtersOf, rowsOf } from "../../../src/core/convolution2d.ts";
import { BANKS, bank, counted, resized } from "../../../src/demos/channels-2d/banks.ts";
import {
  contributions,
  equation,
  parameters,
  products,
  spoken,
} from "../../../src/demos/channels-2d/sentences.ts";
import { snippet } from "../../../src/demos/channels-2d/snippet.ts";
import {
  check,
  colourImage,
  featureMap,
  output,
  type State,
  settle,
} from "../../../src/demos/channels-2d/state.ts";
import { deviation } from "../../core/golden.ts";

const { filters, biases } = bank("opponents");
const STATE: State = {
  ...{ photograph: "astronaut", filters, biases, relu: false, padding: "zeros" },
  ...{ channel: 0, row: 40, column: 12, muted: [] },
};

const words = (state: State) =>
  equation(state).map((line) => line.map((piece) => piece.words).join(""));

test("slices added up are the convolution over all channels, in every bank", () => {
  for (const name of BANKS) {
    for (const padding of ["zeros", "valid", "reflect", "replicate", "circular"] as const) {
      const state: State = { ...STATE, ...bank(name), padding, row: 0, column: 0 };
      const options = { stride: 1, dilation: 1, padding, groups: 1, bias: state.biases };
      const layer = convolve2d(colourImage(state), filtersOf(state.filters), options);
      const expected = state.filters.map((_, o) => rowsOf(layer, o));
      assert.ok(deviation(output(state), expected) < 1e-6, name);
      assert.equal(check(state), null);
    }
  }
});

test("the products of all slices and the bias make the pixel", () => {
  const state: State = { ...STATE, ...bank("Gabor"), channel: 1, biases: [0, -7] };
  assert.equal(products(state, 0).length * 3, 27);
  const { sum } = featureMap(state, 1);
  const parts = contributions(state).reduce((a, b) => a + b, -7);
  assert.ok(Math.abs(parts - sum.values[40 * 64 + 12]!) < 1e-9);
});

test("what is muted counts as nothing", () => {
  assert.deepEqual(words(STATE), [
    "red: 1·225 = 225",
    "green: (−1)·110 = −110",
    "blue: 0·72 = 0",
    "h₁(41, 13) = 225 + (−110) + 0 + 0 = 115",
  ]);
  const muted: State = { ...STATE, muted: [1] };
  assert.equal(words(muted)[1], "green: muted, counts as 0");
  assert.equal(spoken(muted), "Output 1, row 41, column 13 is 225");
  assert.equal(featureMap(muted, 0).output.values[40 * 64 + 12], 225);
});

test("ReLU clips, and only what has changed is computed anew", () => {
  const clipped = featureMap({ ...STATE, relu: true, biases: [-500, 0] }, 0);
  assert.ok(clipped.output.values.every((value) => value === 0));
  const first = featureMap(STATE, 0);
  assert.equal(featureMap({ ...STATE, row: 3, channel: 1 }, 0), first);
});

test("parameters are counted with the state's numbers", () => {
  assert.match(parameters(STATE), /3 × 2 × 1 × 1 weights \+ 2 biases = 8 parameters/);
  assert.match(
    parameters({ ...STATE, ...bank("Gabor") }),
    /= 56 parameters; one filter has 3 × 3 × 3/,
  );
  assert.match(parameters({ ...STATE, ...bank("grey") }), /\+ 1 bias = 4 parameters/);
});

test("grey sees no grey pixel where colours are opposed", () => {
  const grey: State = { ...STATE, photograph: "camera" };
  for (const channel of [0, 1]) {
    assert.ok(featureMap(grey, channel).output.values.every((value) => Math.abs(value) < 1e-9));
  }
});

test("filters are added in silence and resized about their middle", () => {
  const more = counted(STATE, 4);
  assert.deepEqual(more.filters[3], [[[0]], [[0]], [[0]]]);
  assert.deepEqual(more.biases, [0, 0, 0, 0]);
  const wide = resized(STATE, 3);
  assert.deepEqual(wide[0]![0], [
    [0, 0, 0],
    [0, 1, 0],
    [0, 0, 0],
  ]);
  assert.deepEqual(resized({ ...STATE, filters: wide }, 1), STATE.filters);
});

test("what is impossible is refused in words, and the rest stays in place", () => {
  const said = (change: Partial<State>) => check({ ...STATE, ...change })?.message ?? "";
  assert.match(said({ filters: [] }), /There are 0 filters; there may be 1 to 4/);
  assert.match(said({ filters: [[[[1]], [[1]]]] }), /3 slices: one for red/);
  assert.match(
    said({
      filters: [
        [
          [
            [1, 2],
            [3, 4],
          ],
          [[1]],
          [[1]],
        ],
      ],
    }),
    /1×1 or 3×3/,
  );
  assert.match(said({ filters: [[[[Number.NaN]], [[1]], [[1]]]], biases: [0] }), /holds NaN/);
  assert.match(said({ biases: [0] }), /1 biases, but 2 filters/);
  assert.match(said({ muted: [3] }), /0 is red, 1 green, 2 blue/);
  assert.match(said({ channel: 2 }), /output channel is 2; it is a whole number from 0 to 1/);
  const before = { last: { ...STATE, channel: 1, row: 63 }, initial: STATE };
  const fewer = settle(
    { ...before.last, ...bank("one channel's edges"), padding: "valid" },
    before,
  );
  assert.deepEqual([fewer.channel, fewer.row], [1, 61]);
  assert.equal(settle({ ...before.last, ...bank("grey") }, before).channel, 0);
});

test("the snippet has the pixels, the filters and what is muted", () => {
  const code = snippet({ ...STATE, ...bank("Gabor"), muted: [2], relu: true, padding: "reflect" })
    .map((line) => line.code)
    .join("\n");
  assert.match(code, /x\[:, \[2\]\] = 0/);
  assert.match(code, /F\.pad\(x, \(1, 1, 1, 1\), mode="reflect"\)/);
  assert.match(code, /h = F\.relu\(h\)/);
});

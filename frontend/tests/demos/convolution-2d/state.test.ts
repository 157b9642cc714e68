import assert from "node:assert/strict";
import { test } from "node:test";
import { drawingNamed } from "../../../src/core/drawings.ts";
import { namedKernel2d } from "../../../src/core/kernels2d.ts";
import { png } from "../../../src/core/png.ts";
import { photograph, toGrey } from "../../../src/data/photographs.ts";
import { numbersNamed } from "../../../src/demos/convolution-2d/inputs.ts";
import {
  caption,
  costs,
  equation,
  products,
  reading,
  shapeFormula,
  spoken,
  verdict,
} from "../../../src/demos/convolution-2d/sentences.ts";
import { snippet } from "../../../src/demos/convolution-2d/snippet.ts";
import {
  check,
  computed,
  hidden,
  type State,
  settle,
} from "../../../src/demos/convolution-2d/state.ts";

const STEP: State = {
  source: "numbers",
  photograph: "camera",
  drawing: drawingNamed("ring"),
  numbers: numbersNamed("step"),
  own: [],
  kernel: namedKernel2d("sobel x", 3)!,
  bias: 0,
  activation: "none",
  stride: 1,
  dilation: 1,
  padding: "zeros",
  row: 2,
  column: 2,
  view: "signed",
  predict: false,
  guess: null,
};

const words = (state: State) =>
  equation(state)
    .map((piece) => piece.words)
    .join("");

test("the nine products add up to the output, and the equation says so", () => {
  const parts = products(STEP);
  assert.equal(parts.length, 9);
  assert.equal(
    parts.reduce((sum, { product }) => sum + product, 0),
    26,
  );
  assert.equal(computed(STEP).rows[2]![2], 26);
  assert.equal(words(STEP), "z(3, 3) = the sum of the products = 26");
  const clipped: State = { ...STEP, bias: -30, activation: "ReLU" };
  assert.equal(words(clipped), "h(3, 3) = max(0, 26 − 30) = 0");
  assert.equal(spoken(clipped), "Output row 3, column 3 is 0");
});

test("padding is told from the image in the products", () => {
  const corner = products({ ...STEP, row: 0, column: 0 });
  assert.deepEqual(
    corner.map(({ padded }) => padded),
    [true, true, true, true, false, false, true, false, false],
  );
  assert.equal(products({ ...STEP, row: 0, column: 0, padding: "replicate" })[0]!.value, 2);
});

test("the output is computed once for what it depends on", () => {
  const first = computed(STEP);
  assert.equal(computed({ ...STEP, row: 0, view: "grey" }), first);
  assert.notEqual(computed({ ...STEP, bias: 1 }), first);
});

test("an answer to be predicted is given away nowhere", () => {
  const asked: State = { ...STEP, predict: true };
  assert.equal(words(asked), "z(3, 3) = the sum of the products = ?");
  assert.match(spoken(asked), /predict it/);
  assert.equal(reading(asked), "");
  assert.deepEqual(
    [hidden(asked, 2, 1), hidden(asked, 2, 2), hidden(asked, 3, 0)],
    [false, true, true],
  );
  assert.equal(verdict({ ...asked, guess: 26 }), "You said 26; it is 26, 0 away: exactly right.");
  assert.match(verdict({ ...asked, guess: 20 }), /6 away: look at the products/);
  assert.equal(hidden({ ...asked, source: "photograph" }, 5, 5), false);
});

test("the shape is spelt with its numbers, for either axis where they differ", () => {
  assert.equal(shapeFormula(STEP), "Height and width ⌊(6 + 2 − 1·(3 − 1) − 1) / 1⌋ + 1 = 6");
  const wide: State = {
    ...STEP,
    numbers: [
      [1, 2, 3, 4],
      [1, 2, 3, 4],
    ],
    stride: 2,
  };
  assert.match(shapeFormula(wide), /^Height ⌊\(2 .* = 1; width ⌊\(4 .* = 2$/);
  assert.match(
    costs(STEP),
    /^3 × 3 = 9 weights and 1 bias, used for 36 outputs; one output covers 3 × 3/,
  );
});

test("grey levels say what they hide, and an empty drawing what to do", () => {
  const photo: State = { ...STEP, source: "photograph" };
  assert.match(reading(photo), /^Outputs run from −848 to 886; 2,024 of 4,096 are negative\.$/);
  assert.match(reading({ ...photo, view: "grey" }), /2,024 are negative and look black like zero/);
  assert.match(reading({ ...STEP, source: "drawing", drawing: drawingNamed("blank") }), /is empty/);
  assert.match(caption(photo), /Lav Varshney, CC0/);
});

test("the window stays on an output, and a guess belongs to its question", () => {
  const before = { last: { ...STEP, row: 5, column: 5, guess: 3 }, initial: STEP };
  const fewer = settle({ ...before.last, padding: "valid" }, before);
  assert.deepEqual([fewer.row, fewer.column, fewer.guess], [3, 3, null]);
  assert.equal(settle({ ...before.last, view: "grey" }, before).guess, 3);
  const asked = settle({ ...before.last, row: 9 }, before);
  assert.match(check(asked)!.message, /row is 9; it is a whole number from 0 to 5/);
});

test("a link cannot bring an image that is not there", () => {
  const before = { last: STEP, initial: STEP };
  assert.equal(settle({ ...STEP, source: "own" }, before).source, "photograph");
  assert.match(check({ ...STEP, source: "own" })!.message, /no image yet/);
});

test("what is impossible is refused in words", () => {
  const said = (change: Partial<State>) => check({ ...STEP, ...change })?.message ?? "";
  assert.match(
    said({
      kernel: [
        [1, 2],
        [3, 4],
      ],
    }),
    /1×1, 3×3, 5×5 or 7×7/,
  );
  assert.match(said({ numbers: [[1], [1, 2]] }), /differ in length/);
  assert.match(said({ numbers: [] }), /has 0 rows/);
  assert.match(said({ numbers: [[Number.NaN]] }), /holds NaN/);
  assert.match(said({ dilation: 4, padding: "valid" }), /the image has only 6/);
  assert.match(said({ source: "film" as never }), /one of photograph, drawing, numbers, own/);
});

test("the snippet has every pixel, and the settings", () => {
  const code = (state: State) =>
    snippet(state)
      .map((line) => line.code)
      .join("\n");
  assert.match(code(STEP), /x = torch.tensor\(\[\[\[\[2, 1, 2/);
  assert.match(
    code({ ...STEP, padding: "reflect" }),
    /F\.pad\(x, \(1, 1, 1, 1\), mode="reflect"\)/,
  );
  assert.match(code({ ...STEP, source: "photograph" }), /b64decode\("[\w+/=]{5000,}"\)/);
});

test("a colour photograph turns grey as Python turns it", () => {
  const grey = toGrey(photograph("astronaut"));
  assert.equal(grey.channels, 1);
  assert.ok(grey.values.every((v) => Number.isInteger(v) && v >= 0 && v <= 255));
});

test("a picture without a browser is a whole PNG file", () => {
  const url = png(2, Uint8Array.of(0, 1, 1, 0), [
    [0, 0, 0, 255],
    [255, 255, 255, 0],
  ]);
  const bytes = Buffer.from(url.split(",")[1]!, "base64");
  assert.equal(bytes.subarray(1, 4).toString(), "PNG");
  assert.equal(bytes.readUInt32BE(16), 2);
  assert.equal(bytes.subarray(-8, -4).toString(), "IEND");
  // The checksum of an empty end is the same in every file.
  assert.equal(bytes.readUInt32BE(bytes.length - 4), 0xae426082);
});

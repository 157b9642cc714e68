import assert from "node:assert/strict";
import { test } from "node:test";
import { drawingNamed, greyRows } from "../../../src/core/drawings.ts";
import {
  images,
  outputRows,
  pointAt,
  pointed,
  stamps,
} from "../../../src/demos/resampling/computed.ts";
import { LOOKS, numbersNamed } from "../../../src/demos/resampling/inputs.ts";
import {
  area,
  caption,
  equation,
  lengthFormula,
  note,
  question,
  reading,
  shapeFormula,
  spoken,
  stampsOn,
  verdict,
} from "../../../src/demos/resampling/sentences.ts";
import { shapeOf } from "../../../src/demos/resampling/shapes.ts";
import { snippet } from "../../../src/demos/resampling/snippet.ts";
import {
  check,
  hidden,
  LINKABLE,
  OPERATIONS,
  operationOf,
  SOURCES,
  type State,
  settle,
  VIEWS,
} from "../../../src/demos/resampling/state.ts";

const GRID: State = {
  view: "down",
  source: "numbers",
  photograph: "camera",
  pattern: "stripes",
  numbers: numbersNamed("lecture"),
  drawing: drawingNamed("ring"),
  own: [],
  size: 2,
  stride: 2,
  shift_down: 0,
  shift_right: 0,
  down: "max",
  up: "duplicate",
  spread: "transposed",
  row: 1,
  column: 1,
  show: "output",
  signal: [3, 1, 4, 2],
  kernel: [1, 2, 1],
  padding: 0,
  position: 1,
  round_trip: false,
  predict: false,
  guess: null,
};

const OWN: State = { ...GRID, source: "own", own: greyRows(new Uint8Array(3 * 64 * 64), 64) };

const words = (state: State) =>
  equation(state)
    .map((piece) => piece.words)
    .join("");
const code = (state: State) =>
  snippet(state)
    .map((line) => line.code)
    .join("\n");

test("an equation says what an output is made of, in every operation", () => {
  assert.equal(words(GRID), "z(2, 2) = max(6, 2, 3, 7) = 7");
  assert.equal(words({ ...GRID, down: "mean" }), "z(2, 2) = (6 + 2 + 3 + 7) / 4 = 4.5");
  assert.equal(words({ ...GRID, down: "every other" }), "z(2, 2) = x(3, 3) = 6");
  assert.equal(
    words({ ...GRID, size: 4, stride: 1, down: "mean" }),
    "z(2, 2) = mean of 16 values ≈ 4.31",
  );
  const up: State = { ...GRID, view: "up", row: 2, column: 2 };
  assert.equal(words(up), "z(3, 3) = y(2, 2) = 7");
  assert.equal(words({ ...up, up: "unpooling" }), "z(3, 3) = 0; y(2, 2) = 7 came from (4, 4)");
  assert.match(
    words({ ...up, up: "unpooling", row: 3, column: 3 }),
    /^z\(4, 4\) = 7; y\(2, 2\) = 7 came from \(4, 4\)$/,
  );
  assert.equal(
    words({ ...up, up: "bilinear" }),
    "z(3, 3) = 0.0625·6 + 0.1875·8 + 0.1875·9 + 0.5625·7 = 7.5",
  );
  const spread: State = { ...GRID, view: "checkerboard", row: 2, column: 1 };
  assert.equal(words(spread), "z(3, 2) = 2·1 + 2·6 = 14");
  assert.equal(words({ ...spread, spread: "stamps" }), "z(3, 2) = 2 down × 1 across = 2");
  assert.match(words({ ...spread, spread: "resized" }), /a sum over 3 × 3 duplicates = /);
  assert.equal(words({ ...GRID, view: "stamps" }), "stamp 2 = 1 · (1, 2, 1) = (1, 2, 1)");
});

test("the area that is framed is what the output reads", () => {
  assert.deepEqual(area(GRID).input, { row: 2, column: 2, rows: 2, columns: 2 });
  const up: State = { ...GRID, view: "up", row: 2, column: 0, up: "bilinear" };
  assert.deepEqual(area(up).small, { row: 0, column: 0, rows: 2, columns: 1 });
  assert.deepEqual(stampsOn(2, 3, 2, 0, 4), [0, 1]);
  assert.deepEqual(stampsOn(0, 3, 2, 0, 4), [0]);
  assert.deepEqual(stampsOn(1, 1, 2, 0, 4), []);
  const none: State = { ...GRID, view: "checkerboard", kernel: [1], row: 1, column: 1 };
  assert.equal(area(none).input, null);
  assert.equal(words(none), "z(2, 2) = no stamp = 0");
});

test("every shape that is told beforehand is that of the output", () => {
  for (const view of ["down", "up", "checkerboard"] as const) {
    for (const source of SOURCES) {
      for (const [stride, padding] of [
        [1, 0],
        [2, 1],
        [3, 2],
        [4, 0],
      ] as const) {
        const state: State = { ...OWN, view, source, stride, padding, row: 0, column: 0 };
        for (const operation of OPERATIONS[view]) {
          const one: State = { ...state, ...pointAt(state, operation, 0, 0) };
          assert.equal(operationOf(one), operation);
          const { rows, columns } = pointed(one).output;
          assert.deepEqual(shapeOf(one, operation), { rows, columns });
          assert.equal(check(one), null);
        }
      }
    }
  }
});

test("stripes vanish under every other pixel, and a shift brings back their opposite", () => {
  const stripes: State = { ...GRID, source: "pattern", shift_right: 1 };
  const [every, max, mean] = images(stripes).made;
  assert.equal(every!.off!.mean, 255);
  assert.equal(max!.off!.changed, 0);
  assert.equal(mean!.off!.changed, 0);
  assert.match(note(stripes, every!), /256 of 256 changed, on average by 255/);
  assert.match(reading(stripes), /every other by 255, max by 0, mean by 0/);
});

test("a shift by the stride is a shift by one of the output", () => {
  const two: State = { ...GRID, source: "photograph", shift_right: 2, row: 0, column: 0 };
  assert.match(reading(two), /one move: every output has gone 1 right\.$/);
  const before = images({ ...two, shift_right: 0 }).made[1]!.output;
  const after = images(two).made[1]!.output;
  for (let c = 1; c < 32; c++) assert.equal(after.values[c], before.values[c - 1]);
  assert.match(reading({ ...two, shift_right: 0 }), /^Nothing has moved yet/);
});

test("what is asked about is given away nowhere", () => {
  const asked: State = { ...GRID, predict: true };
  assert.equal(words(asked), "z(2, 2) = max(6, 2, 3, 7) = ?");
  assert.match(spoken(asked), /predict it/);
  assert.match(reading(asked), /when you have predicted them/);
  assert.equal(note(asked, images(asked).made[1]!), "3 × 3");
  assert.deepEqual([hidden(asked, 1, 0), hidden(asked, 1, 1)], [false, true]);
  assert.equal(verdict({ ...asked, guess: 7 }), "You said 7; it is 7: exactly right.");
  assert.match(verdict({ ...asked, guess: 6 }), /it is 7: look at the numbers/);
});

test("what a stamp makes of the sum is asked for and given away nowhere", () => {
  const asked: State = { ...GRID, view: "stamps", predict: true };
  assert.equal(question(asked), "Your prediction for z₃, once stamp 2 is down");
  assert.equal(words(asked), "stamp 2 = 1 · (1, 2, 1) = ?");
  assert.match(
    reading(asked),
    /lands on outputs 3 to 5.* What stands in the first of them then\?$/,
  );
  assert.match(reading({ ...asked, position: 3 }), /^This is the last stamp/);
  assert.equal(verdict(asked), "");
  // The end of stamp 1 and the beginning of stamp 2 meet there: 3 · 1 + 1 · 1.
  assert.equal(verdict({ ...asked, guess: 4 }), "You said 4; it is 4: exactly right.");
  assert.match(verdict({ ...asked, guess: 1 }), /it is 4: look at/);
  // A stamp that is wholly cut off asks nothing.
  const cut: State = { ...asked, kernel: [1], padding: 2, position: 0, guess: null };
  assert.equal(words(cut), "stamp 1 = 3 · (1) = (3)");
  assert.match(reading(cut), /output none\. Where stamps overlap they add up\.$/);
});

test("a guess about a stamp is kept until something that it is about changes", () => {
  const last: State = { ...GRID, view: "stamps", predict: true, guess: 4 };
  const before = { last, initial: GRID };
  assert.equal(settle({ ...last, show: "difference" }, before).guess, 4);
  for (const change of [
    { position: 2 },
    { signal: [1, 1, 1] },
    { padding: 1 },
    { predict: false },
  ]) {
    assert.equal(settle({ ...last, ...change }, before).guess, null);
  }
});

test("a drawing is white where there is chalk, and an image of one's own is as it is given", () => {
  const drawn: State = { ...GRID, source: "drawing", row: 0, column: 0, size: 1, stride: 1 };
  const { input } = images(drawn);
  assert.deepEqual([input.rows, input.columns], [16, 16]);
  assert.deepEqual(new Set(input.values), new Set([0, 255]));
  assert.equal(outputRows(drawn)[3]![7], 255 * drawn.drawing[3]![7]!);
  const rgb = Uint8Array.from({ length: 3 * 64 * 64 }, (_, i) => (i % 3 === 0 ? 200 : 0));
  assert.equal(images({ ...OWN, own: greyRows(rgb, 64) }).input.values[77], 60);
  assert.match(code(drawn), /b64decode/);
  // From Python chalk may be faint, and a level need not be whole: then bytes would be wrong.
  const faint = drawn.drawing.map((row) => row.map((value) => value / 2));
  assert.match(code({ ...drawn, drawing: faint }), /torch\.tensor\(\[\[\[\[0, .*127\.5/);
});

test("a link that cannot hold the image leads to a photograph", () => {
  assert.ok(!LINKABLE.includes("own" as never));
  const settled = settle({ ...GRID, source: "own" }, { last: GRID, initial: GRID });
  assert.equal(settled.source, "photograph");
  assert.match(check({ ...GRID, source: "own" })!.message, /There is no image yet/);
});

test("there and back is not where it began, but for the identity", () => {
  const trip: State = {
    ...GRID,
    ...LOOKS.stamps["there and back"],
    view: "stamps",
    position: 3,
  };
  assert.deepEqual(stamps(trip).inputs, [8, 16, 16, 8]);
  assert.deepEqual(outputRows(trip), [[8, 16, 24, 32, 32, 32, 24, 16, 8]]);
  assert.match(reading(trip), /it is not x: 9 of 9 values differ, by up to 28/);
  assert.match(reading({ ...trip, kernel: [1], stride: 1, position: 8 }), /Here AᵀA x = x/);
  assert.match(lengthFormula({ ...trip, signal: [1, 2, 3, 4] }), /2·0 \+ 1 = 4$/);
});

test("stamps are told one by one, and then how many cover an output", () => {
  const some: State = { ...GRID, view: "stamps" };
  assert.deepEqual(stamps(some).sums, [3, 6, 4, 2, 1, 0, 0, 0, 0]);
  assert.match(reading(some), /^It lands on outputs 3 to 5/);
  assert.match(reading({ ...some, position: 3 }), /has got 1 or 2 stamps/);
  assert.equal(lengthFormula(some), "Length: (4 − 1)·2 + 3 − 2·0 = 9");
  assert.match(reading({ ...some, kernel: [1], padding: 2, position: 0 }), /output none/);
});

test("coverage is even where the stride divides the size", () => {
  const uneven: State = { ...GRID, view: "checkerboard", source: "pattern", kernel: [1, 1, 1] };
  assert.match(reading(uneven), /Stride 2 does not divide size 3/);
  assert.equal(note(uneven, images(uneven).made[1]!), "33 × 33; inside: 1, 2 or 4");
  const even: State = { ...uneven, kernel: [1, 1, 1, 1], padding: 1 };
  assert.match(reading(even), /as many stamps cover each output/);
  assert.equal(note(even, images(even).made[1]!), "32 × 32; inside: 4 everywhere");
});

test("the size is spelt with its numbers", () => {
  assert.equal(shapeFormula(GRID), "Height: ⌊(6 − 2) / 2⌋ + 1 = 3");
  assert.equal(shapeFormula({ ...GRID, down: "every other", stride: 4 }), "Height: ⌈6 / 4⌉ = 2");
  assert.equal(shapeFormula({ ...GRID, view: "up" }), "Height: ⌊6 / 2⌋ · 2 = 6");
  assert.match(shapeFormula({ ...GRID, view: "checkerboard" }), /\(6 − 1\)·2 \+ 3 − 2·0 = 13;/);
  assert.match(caption({ ...GRID, source: "photograph" }), /Lav Varshney, CC0/);
});

test("what is pointed at stays within the output, and a guess belongs to its question", () => {
  const before = { last: { ...GRID, row: 2, column: 2, guess: 3 }, initial: GRID };
  const fewer = settle({ ...before.last, stride: 4 }, before);
  assert.deepEqual([fewer.row, fewer.column, fewer.guess], [1, 1, null]);
  assert.equal(settle({ ...before.last, show: "difference" }, before).guess, 3);
  assert.match(check(settle({ ...before.last, row: 9 }, before))!.message, /row is 9; .* 0 to 2/);
  const stamping = settle({ ...GRID, view: "stamps", signal: [1] }, before);
  assert.equal(stamping.position, 0);
});

test("what is impossible is refused in words", () => {
  const said = (change: Partial<State>) => check({ ...GRID, ...change })?.message ?? "";
  assert.match(said({ view: "sideways" as never }), /one of down, up, stamps, checkerboard/);
  assert.match(said({ numbers: [[1]] }), /has 1 rows; it takes 4 to 8/);
  assert.match(said({ numbers: [...numbersNamed("lecture").slice(1), [1, 2, 3, 4]] }), /differ in/);
  assert.match(said({ numbers: [["x"] as never, [], [], []] }), /has a row that is none/);
  assert.match(said({ drawing: [[1]] }), /drawing has 1 rows; it takes 16 rows of 16 numbers/);
  assert.match(said({ own: [[1]] }), /Your image has 1 rows; it takes 64 rows of 64 numbers/);
  assert.match(said({ size: 5 }), /window is 5; it is a whole number from 1 to 4/);
  assert.match(said({ shift_right: 9 }), /shift to the right is 9/);
  const stamping: Partial<State> = { view: "stamps", position: 0 };
  assert.match(
    said({ ...stamping, signal: new Array(9).fill(1), stride: 4 }),
    /would be 35 outputs, and there is room for 24/,
  );
  assert.match(
    said({ ...stamping, signal: [1], kernel: [1], padding: 1 }),
    /takes 2 values off, and none is left/,
  );
  assert.match(
    said({ ...stamping, signal: [1], kernel: [1, 2, 3], round_trip: true }),
    /does not fit into a signal of 1/,
  );
});

test("the snippet calls what torch calls it", () => {
  assert.match(code({ ...GRID, shift_right: 1 }), /torch\.roll\(x, \(0, 1\), \(2, 3\)\)/);
  assert.match(code(GRID), /F\.max_pool2d\(x, 2, stride=2\)/);
  assert.match(code({ ...GRID, view: "up", stride: 4 }), /x = x\[:, :, :4, :4\]/);
  assert.match(code({ ...GRID, source: "pattern" }), /b64decode\("[\w+/=]{1000,}"\)/);
  assert.match(code({ ...GRID, view: "stamps", round_trip: true }), /output_padding=1/);
});

test("each named look is a state that there is", () => {
  for (const view of VIEWS) {
    for (const [name, change] of Object.entries(LOOKS[view])) {
      const state: State = { ...GRID, view, ...change, row: 0, column: 0, position: 0 };
      assert.equal(check(state), null, name);
    }
  }
});

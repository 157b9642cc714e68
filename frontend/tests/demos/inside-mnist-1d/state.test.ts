import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { argmax } from "../../../src/core/network.ts";
import {
  activationOf,
  answers,
  arithmeticOf,
  gradientOf,
  output,
  rights,
} from "../../../src/demos/inside-mnist-1d/computed.ts";
import { reads, shape, type Unit } from "../../../src/demos/inside-mnist-1d/layers.ts";
import { across, layout, neighbour } from "../../../src/demos/inside-mnist-1d/layout.ts";
import { PRESETS, presetOf } from "../../../src/demos/inside-mnist-1d/presets.ts";
import {
  equation,
  errorSentence,
  gradientSentence,
  guessSentence,
  resultSentence,
  rows,
  stability,
  truth,
  unitSentence,
} from "../../../src/demos/inside-mnist-1d/sentences.ts";
import { snippet } from "../../../src/demos/inside-mnist-1d/snippet.ts";
import {
  check,
  extent,
  hidden,
  moves,
  NETWORKS,
  type State,
  settle,
  values,
} from "../../../src/demos/inside-mnist-1d/state.ts";
import { deviation } from "../../core/golden.ts";

const FIRST = {
  source: "template",
  digit: 4,
  place: 20,
  padding: 48,
  scale: 1,
  shear: 0.1,
  noise: 1,
  seed: 1,
  sample: 4,
  signal: [],
  shift: 0,
  network: "flatten",
  unit: [2, 8, 3],
  predict: false,
  guess: null,
};
const state = (change: { [Key in keyof State]?: unknown } = {}) =>
  ({ ...FIRST, ...change }) as State;
const OWN = Array.from({ length: 40 }, (_, i) => Math.sin(i / 3));

const file = new URL("../../golden/inside-mnist-1d.json", import.meta.url);
const golden: { signals: (Partial<State> & { values: number[] })[] } = JSON.parse(
  readFileSync(file, "utf8"),
);

test("a template makes the signal that Python's sampler makes", () => {
  assert.ok(golden.signals.length >= 13);
  for (const { values: expected, ...traits } of golden.signals) {
    const off = deviation(values(state(traits)), expected);
    assert.ok(off < 1e-9, `${JSON.stringify(traits)}: off by ${off}`);
  }
});

test("what is said at each place, or shift, is what the probabilities say there", () => {
  for (const at of [0, 20, 47, 51]) {
    const said = answers(state({ place: at })).map((digits) => digits[at]);
    assert.deepEqual(said, output(state({ place: at })).map(argmax));
  }
  for (const shift of [-10, 0, 7]) {
    const moved = state({ source: "sample", sample: 14, shift });
    const said = answers(moved).map((digits) => digits[moves(moved).indexOf(shift)]);
    assert.deepEqual(said, output(moved).map(argmax));
  }
});

test("beyond the places of the training data flattening fails and the mean does not", () => {
  const beyond = state(PRESETS["beyond the training data"]);
  assert.deepEqual(rights(beyond), [false, true]);
  assert.equal(truth(beyond), "pool");
  assert.match(
    resultSentence(beyond),
    /place 51, where no training example has one\. Only the network with a mean pool/,
  );
  assert.match(
    stability(beyond, 0),
    /^Flatten is right at 49 of 54 places: at 48 of the 48 seen in training, at 1 of the 6 beyond\.$/,
  );
  assert.equal(presetOf(beyond), "beyond the training data");
  assert.equal(presetOf(state({ place: 21 })), null);
});

test("each preset shows its point", () => {
  const found = Object.entries(PRESETS).map(([name, preset]) => [name, truth(state(preset))]);
  assert.deepEqual(Object.fromEntries(found), {
    "in its place": "both",
    "beyond the training data": "pool",
    "a sample, shifted": "pool",
    "pushed out": "neither",
    "where the mean errs": "flatten",
    "nothing at all": "both",
  });
});

test("a unit is its equation: bias, largest terms and the rest, and its ReLU", () => {
  const words = (change: Parameters<typeof state>[0]) =>
    equation(state(change))
      .map((piece) => piece.words)
      .join("");
  assert.match(
    words({ unit: [1, 3, 5] }),
    /^−?\d+\.\d\d( [+−] \d+\.\d\d · \(?−?\d+\.\d\d\)?){3} = /,
  );
  assert.match(words({ unit: [2, 8, 3] }), /\(41 smaller terms\) = .*, and after the ReLU \d/);
  assert.match(words({ unit: [5, 4, 0] }), /\(56 smaller terms\) = −?\d+\.\d\d$/);
  assert.match(words({ network: "pool", unit: [4, 2, 0] }), /^¼ · \(.* \+ .* \+ .* \+ .*\) = /);
  assert.equal(words({ unit: [4, 2, 1] }), "");
  assert.equal(rows(state({ network: "pool", unit: [5, 1, 0] })).length, 15);
  assert.match(rows(state({ unit: [5, 1, 0] }))[0]!.reads, /^channel \d+, position [1-4]$/);
  assert.match(rows(state({ unit: [1, 1, 2] }))[0]!.reads, /^x[₅₆₇]$/);
});

test("no unit hears of an input outside its field, and the last input is heard by none", () => {
  for (const network of NETWORKS) {
    for (const unit of [
      [1, 3, 18],
      [2, 9, 2],
      [3, 9, 1],
      [4, 5, 0],
      [5, 7, 0],
    ] as Unit[]) {
      const [first, last] = reads(unit, network);
      for (const [i, g] of gradientOf(state({ network, unit })).entries()) {
        if (i < first || i > last) assert.equal(g, 0, `${network} ${unit} hears of ${i}`);
      }
    }
    assert.equal(gradientOf(state({ network, unit: [5, 2, 0] }))[39], 0);
  }
});

test("a silent flattened unit is moved by nothing, and said to be so", () => {
  const values = Array.from({ length: 60 }, (_, i) => [4, Math.floor(i / 4), i % 4] as Unit);
  const silent = values.find((unit) => activationOf(state({ unit }), unit) === 0)!;
  assert.ok(gradientOf(state({ unit: silent })).every((g) => g === 0));
  assert.match(gradientSentence(state({ unit: silent })), /^No input moves flattened unit/);
  const third = state({ unit: [3, silent[1], silent[2]] });
  assert.ok(arithmeticOf(third).sum <= 0);
  assert.match(unitSentence(third), /is silent: its sum/);
});

test("a predicted answer is hidden until the guess, and a guess is of one question", () => {
  const asked = state({ predict: true, place: 51, unit: [5, 4, 0] });
  assert.ok(hidden(asked));
  assert.match(resultSentence(asked), /Predict\.$/);
  assert.deepEqual(equation(asked), []);
  assert.deepEqual(rows(asked), []);
  assert.match(unitSentence(asked), /hidden until you have predicted/);
  const guessed = settle({ ...asked, guess: "both" }, { last: asked });
  assert.match(
    guessSentence(guessed),
    /^You expected that both .* In fact only the network with a mean/,
  );
  assert.equal(settle({ ...guessed, network: "pool" }, { last: guessed }).guess, "both");
  assert.equal(settle({ ...guessed, place: 50 }, { last: guessed }).guess, null);
  assert.equal(hidden(state({ predict: true, signal: OWN })), false);
});

test("the mean has one position: a unit of the flattened layer becomes its channel's", () => {
  const pooled = settle(state({ network: "pool", unit: [4, 7, 3] }), null);
  assert.deepEqual(pooled.unit, [4, 7, 0]);
});

test("the arrow keys reach every unit and never leave the network", () => {
  for (const network of NETWORKS) {
    let unit: Unit = [1, 0, 0];
    const seen = new Set<number>();
    for (let i = 0; i < 60; i++) {
      seen.add(unit[0]);
      unit = neighbour(network, unit, 0, 1);
      assert.equal(check(state({ network, unit })), null, `${network} ${unit}`);
    }
    assert.deepEqual([...seen], [1, 2, 3, 4, 5]);
    assert.deepEqual(neighbour(network, [1, 0, 0], -1, 0), [1, 0, 0]);
    assert.deepEqual(neighbour(network, [4, 3, shape(network, 4).positions - 1], 1, 0), [4, 4, 0]);
    assert.equal(across(network, [5, 3, 0], 1)[0], 5);
    assert.equal(across(network, [5, 3, 0], -1)[0], 4);
  }
});

test("the unit at the middle of a box is the box's own, at any width", () => {
  for (const width of [328, 720]) {
    const { at, box } = layout(width);
    for (const network of NETWORKS) {
      for (const unit of [
        [1, 14, 18],
        [2, 0, 0],
        [3, 7, 2],
        [4, 9, 0],
        [5, 9, 0],
      ] as Unit[]) {
        const { x, y, width: wide, height } = box(network, unit);
        assert.deepEqual(at(network, x + wide / 2, y + height / 2), unit);
      }
    }
  }
});

test("a template lies over the inputs that its places fall on", () => {
  assert.deepEqual(extent(state({ place: 0, padding: 60 }))!.map(Math.round), [0, 7]);
  assert.equal(extent(state({ source: "sample" })), null);
});

test("errors are said once both are known", () => {
  const unknown = NETWORKS.map(() => new Array<number | null>(54).fill(null));
  assert.equal(errorSentence(state(), unknown), "");
  const known = NETWORKS.map((_, i) => new Array<number | null>(54).fill(0.1 + i / 10));
  assert.match(errorSentence(state(), known), /flatten errs on 10\.0 % .* mean pool on 20\.0 %/);
});

test("each impossible trait is refused at its control", () => {
  assert.equal(check(state()), null);
  const impossible = {
    source: "own",
    digit: 10,
    place: 54,
    padding: 35,
    scale: 3.5,
    shear: Number.NaN,
    noise: -1,
    seed: 0.5,
    sample: 20,
    signal: [1, 2],
    shift: 11,
    network: "max",
    predict: 1,
    guess: "all",
  };
  for (const [key, value] of Object.entries(impossible)) {
    assert.equal(check(state({ [key]: value }))?.control, key, key);
  }
  for (const unit of [[0, 0, 0], [6, 0, 0], [5, 10, 0], [3, 0, 4], [1, 2], "score", null]) {
    const settled = settle(state({ unit }), null);
    assert.equal(check(settled)?.control, "unit", JSON.stringify(unit));
  }
});

test("the snippet is of the signal that is shown", () => {
  const code = (change: Parameters<typeof state>[0]) =>
    snippet(state(change)).map((line) => line.code);
  assert.ok(code({ place: 33 }).includes("    shift=33,"));
  assert.ok(code({ source: "sample", shift: -3 }).includes("x = shift_samples(x, -3)"));
  assert.ok(code({ signal: OWN }).some((line) => line.includes("dtype=torch.float64")));
});

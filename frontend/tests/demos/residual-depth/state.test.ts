import assert from "node:assert/strict";
import { test } from "node:test";
import { decades, height, PLOTS, ticks } from "../../../src/demos/residual-depth/layout.ts";
import { PRESET_NAMES, presetNamed, presetOf } from "../../../src/demos/residual-depth/presets.ts";
import {
  guessSentence,
  layerSentence,
  removedSentence,
  resultSentence,
} from "../../../src/demos/residual-depth/sentences.ts";
import { snippet } from "../../../src/demos/residual-depth/snippet.ts";
import {
  change,
  check,
  fate,
  hidden,
  type State,
  settle,
  sizesOf,
  stackOf,
} from "../../../src/demos/residual-depth/state.ts";

const state = (changed: { [Key in keyof State]?: unknown } = {}) =>
  ({
    depth: 30,
    width: 8,
    skip: false,
    batch_norm: false,
    initialisation: "PyTorch",
    activation: "ReLU",
    seed: 2,
    layer: 10,
    removed: 0,
    compare: false,
    predict: false,
    guess: null,
    ...changed,
  }) as State;

test("each impossible trait is refused at its control", () => {
  assert.equal(check(state()), null);
  const bad = {
    depth: 51,
    width: 1,
    skip: 1,
    batch_norm: "yes",
    initialisation: "Xavier",
    activation: "relu",
    seed: 0.5,
    layer: 31,
    removed: -1,
    compare: null,
    predict: 0,
    guess: "vanishes",
  };
  for (const [name, value] of Object.entries(bad)) {
    assert.equal(check(state({ [name]: value }))?.control, name);
  }
});

test("a layer that is no longer there is neither read nor out", () => {
  const last = state({ layer: 25, removed: 20 });
  const shorter = settle({ ...last, depth: 12 }, { last });
  assert.equal(shorter.layer, 12);
  assert.equal(shorter.removed, 0);
});

test("the gradient waits for a guess, and a guess is of one network", () => {
  const asked = state({ predict: true });
  assert.ok(hidden(asked));
  assert.match(resultSentence(asked), /And the gradient, on its way back to the stem\?$/);
  assert.match(layerSentence(asked), /gradients \?\.$/);
  const last = state({ predict: true, guess: "grows" });
  assert.equal(settle({ ...last, layer: 4, compare: true }, { last }).guess, "grows");
  assert.equal(settle({ ...last, skip: true }, { last }).guess, null);
});

test("the verdict is of the gradient at the stem against that at the last layer", () => {
  assert.equal(fate(sizesOf(stackOf(state()))), "shrinks");
  assert.equal(fate(sizesOf(stackOf(state({ skip: true })))), "keeps its size");
  const plain = state({ batch_norm: true, initialisation: "He" });
  assert.equal(fate(sizesOf(stackOf(plain))), "grows");
  assert.match(guessSentence(state({ guess: "shrinks" })), /^From .* shrinks \(×.*You said so\.$/);
  assert.match(guessSentence(state({ guess: "grows" })), /^You expected that it grows\. In fact/);
  assert.equal(guessSentence(state()), "");
});

test("every preset is possible, is found again, and shows what it is called", () => {
  for (const name of PRESET_NAMES) {
    const taken = state(presetNamed(name));
    assert.equal(check(taken), null);
    assert.equal(presetOf(taken), name);
  }
  const [plain, residual] = (["one out, plain", "one out, residual"] as const).map((name) =>
    change(state(presetNamed(name))),
  );
  assert.ok(plain! > 0.6 && residual! < 0.3, `${plain} against ${residual}`);
  assert.equal(presetOf(state({ seed: 7, depth: 29 })), null);
});

test("what came of taking a layer out is said in words", () => {
  assert.equal(removedSentence(state()), "All layers are in.");
  const said = removedSentence(state({ batch_norm: true, removed: 10 }));
  assert.match(said, /^Without layer 10 the scores change by \d+ % of their size; .* ten samples/);
});

test("the comparison is with the same weights, the skips switched", () => {
  const said = layerSentence(state({ compare: true }));
  const other = layerSentence(state({ skip: true }));
  const numbers = other.match(/activations (\S+), gradients (\S+)\./)!;
  assert.ok(said.endsWith(`; with skips ${numbers[1]} and ${numbers[2]}.`), said);
});

test("powers of ten enclose the sizes, and zero lies on the floor", () => {
  assert.deepEqual(decades([2, 0.03]), { low: -2, high: 1, lines: [-2, -1, 0, 1] });
  const wide = decades([1, 1e-15, 0]);
  assert.ok(wide.low <= -15 && wide.high === 0 && wide.lines.length <= 6);
  assert.equal(height(wide, 0, 0), PLOTS[0].bottom);
  assert.equal(height(wide, 1, 1), PLOTS[1].top);
  assert.ok(decades([]).high > decades([]).low);
  assert.deepEqual(ticks(3, 200), [0, 1, 2, 3]);
  assert.deepEqual(ticks(50, 6), [0, 10, 20, 30, 40, 50]);
});

test("the snippet has the state's layers, and one is out if it is", () => {
  const code = (changed: object) =>
    snippet(state(changed))
      .map((line) => line.code)
      .join("\n");
  assert.match(code({}), /states\.append\(f\)/);
  assert.match(code({ skip: true, removed: 3 }), /h \+ 0 if layer == 3 else h \+ f/);
  assert.match(code({ batch_norm: true }), /batch_norm\(h, None, None, training=True\)/);
  assert.match(code({ initialisation: "He", activation: "tanh" }), /variance = 2 \/ .*# He/);
});

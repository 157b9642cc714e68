import assert from "node:assert/strict";
import { test } from "node:test";
import { fitting } from "../../../src/demos/weight-matrix/cells.ts";
import {
  copiesSentence,
  formula,
  numbers,
  rowInWords,
  spoken,
} from "../../../src/demos/weight-matrix/sentences.ts";
import { snippet } from "../../../src/demos/weight-matrix/snippet.ts";
import { layerOf, type State } from "../../../src/demos/weight-matrix/state.ts";
import { DENSE, state } from "./states.ts";

const written = (say: typeof formula, given: State) =>
  say(given, layerOf(given))
    .map(({ words }) => words)
    .join("");

test("the formula names weights, bias and inputs of the chosen unit", () => {
  assert.equal(written(formula, state()), "h₃ = ReLU[β + ω₁x₂ + ω₂x₃ + ω₃x₄]");
  assert.equal(written(formula, state({ unit: 0 })), "h₁ = ReLU[β + ω₁·0 + ω₂x₁ + ω₃x₂]");
  const dense = state({ ...DENSE, signal: [1, 2], unit: 1, activation: "none" });
  assert.equal(written(formula, dense), "h₂ = β₂ + ω₂₁x₁ + ω₂₂x₂");
});

test("its numbers add up on the page", () => {
  assert.equal(
    written(numbers, state()),
    "h₃ = ReLU[−1 + 0.5·4 + 1·6 + (−0.5)·2] = ReLU[6] = 6.00",
  );
  assert.match(written(numbers, state({ unit: 4 })), /= ReLU\[−0\.5\] = 0\.00$/);
  assert.match(written(numbers, state({ activation: "none", unit: 4 })), /\(−0\.5\)·3 = −0\.50$/);
  assert.match(written(numbers, state({ activation: "tanh" })), /= tanh\[6\] ≈ 1\.00$/);
});

test("a weight says in how many places it stands", () => {
  const says = (given: State, weight: number | null) =>
    copiesSentence(given, layerOf(given), weight);
  assert.match(says(state(), 1), /^ω₂ stands in 6 places and is one number/);
  assert.match(says(state({ stride: 2 }), 0), /^ω₁ stands in 2 places/);
  assert.match(says(state({ signal: [1, 2, 3], padding: "valid", unit: 0 }), 0), /this one place/);
  assert.match(says(state(DENSE), 0), /nowhere else/);
});

test("a reader who does not see the picture hears the row and the result", () => {
  const given = state({ unit: 0 });
  assert.equal(
    rowInWords(given, layerOf(given)),
    "Weight matrix, 6 rows of 6. Row h 1: 1 at x 1, −0.5 at x 2.",
  );
  assert.equal(spoken(given, layerOf(given)), "unit 1 of 6: sum −1, output 0.00");
});

test("a number in a narrow cell loses decimals before it loses its meaning", () => {
  assert.equal(fitting(-0.25, 40), "−0.25");
  assert.equal(fitting(-0.5, 20), "−.5");
  assert.equal(fitting(0.5, 15), ".5");
  assert.equal(fitting(12.3, 15), "12");
});

test("the snippet is a convolution or a linear layer, with bias and activation", () => {
  const code = (given: State) => snippet(given).map((line) => line.code);
  assert.deepEqual(code(state({ signal: [1, 2], kernel: [1, 0, 3], stride: 2 })).slice(3), [
    "x = torch.tensor([[[1, 2]]], dtype=torch.float64)",
    "w = torch.tensor([[[1, 0, 3]]], dtype=torch.float64)",
    "b = torch.tensor([-1], dtype=torch.float64)",
    "x = F.pad(x, (1, 1))",
    "h = F.conv1d(x, w, b, stride=2, dilation=1)",
    "h = torch.relu(h)",
    "print(h.flatten().tolist())",
  ]);
  const dense = code(state({ ...DENSE, activation: "none" })).join("\n");
  assert.match(dense, /h = F\.linear\(x, W, b\)\nprint/);
  assert.equal(dense.match(/^ {4}\[/gm)?.length, 6);
});

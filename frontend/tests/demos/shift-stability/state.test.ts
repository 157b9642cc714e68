import assert from "node:assert/strict";
import { test } from "node:test";
import { argmax } from "../../../src/core/network.ts";
import {
  guessSentence,
  held,
  spoken,
  stability,
  winner,
} from "../../../src/demos/shift-stability/sentences.ts";
import { snippet } from "../../../src/demos/shift-stability/snippet.ts";
import {
  check,
  digits,
  hidden,
  output,
  SHIFTS,
  type State,
  settle,
  shifted,
} from "../../../src/demos/shift-stability/state.ts";

const state = (change: { [Key in keyof State]?: unknown } = {}) =>
  ({ sample: 4, signal: [], shift: 0, predict: false, guess: null, ...change }) as State;

test("what comes in at an end repeats the end value", () => {
  assert.deepEqual(shifted([1, 2, 3, 4], 1), [1, 1, 2, 3]);
  assert.deepEqual(shifted([1, 2, 3, 4], -2), [3, 4, 4, 4]);
  assert.deepEqual(shifted([1, 2, 3, 4], 9), [1, 1, 1, 1]);
});

test("the squares say what the probabilities say at each shift", () => {
  for (const shift of [-10, -3, 0, 4, 10]) {
    const squares = digits(state()).map((said) => said[SHIFTS.indexOf(shift)]);
    assert.deepEqual(squares, output(state({ shift })).map(argmax));
  }
});

test("the squares follow the signal, and those of another are not kept", () => {
  const first = digits(state());
  assert.notDeepEqual(digits(state({ sample: 0 })), first);
  assert.deepEqual(digits(state()), first);
});

test("how long a prediction holds is counted around the unmoved signal", () => {
  const said = SHIFTS.map((shift) => (shift >= -1 && shift <= 3 ? 2 : shift === 10 ? 2 : 7));
  assert.deepEqual(held(state(), said), { run: [-1, 3], count: 6 });
  assert.equal(stability(state(), said), "right at 6 of 21 shifts, without a break from −1 to 3");
  const never = SHIFTS.map(() => 7);
  assert.match(stability(state(), never), /^right at 0 of 21 shifts, and wrong where/);
  // Of a reader's own signal the class is not known: what counts is that nothing changes.
  assert.match(stability(state({ signal: Array(40).fill(0) }), never), /^unchanged at 21 of 21/);
  assert.match(spoken(state({ shift: -2 })), /^Shift −2: fully connected says \d, convolutional/);
});

test("each impossible trait is refused at its control", () => {
  assert.equal(check(state({ shift: -10 })), null);
  assert.equal(check(state({ shift: 11 }))?.control, "shift");
  assert.equal(check(state({ sample: -1 }))?.control, "sample");
  assert.equal(check(state({ signal: [Number.NaN] }))?.control, "signal");
});

test("the answers wait for a guess of this signal, at whatever shift", () => {
  const asked = state({ predict: true });
  assert.ok(hidden(asked));
  assert.match(spoken(asked), /Predict first\.$/);
  const guessed = { last: state({ predict: true, guess: "convolutional" }) };
  assert.ok(!hidden(guessed.last));
  assert.equal(settle({ ...guessed.last, shift: 5 }, guessed).guess, "convolutional");
  assert.equal(settle({ ...guessed.last, sample: 7 }, guessed).guess, null);
  assert.equal(check(state({ guess: "neither" }))?.control, "guess");
  assert.equal(check(state({ predict: 1 }))?.control, "predict");
});

test("the verdict says which network holds on, and judges the guess by it", () => {
  assert.equal(winner([7, 7]), "both alike");
  assert.equal(winner([8, 7]), "fully connected");
  const said = (guess: string) => guessSentence(state({ predict: true, guess }));
  assert.equal(
    said("convolutional"),
    "The convolutional network is right at 19 of 21 shifts, the other at 8. You said so.",
  );
  assert.match(said("both alike"), /^You expected: both alike\. In fact the convolutional/);
  const flat = state({ signal: Array(40).fill(0), guess: "both alike" });
  assert.equal(guessSentence(flat), "Both are unchanged at 21 of 21 shifts. You said so.");
  assert.equal(guessSentence(state()), "");
});

test("the snippet moves the sample that is shown", () => {
  const code = snippet(state({ shift: -3 })).map((line) => line.code);
  assert.ok(code.includes("x = shift_samples(x, -3)"));
});

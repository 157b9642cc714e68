import assert from "node:assert/strict";
import { test } from "node:test";
import { original } from "../../../src/demos/mnist-1d/sample.ts";
import {
  guessSentence,
  settingSentence,
  spoken,
  verdictOf,
  windowSentence,
} from "../../../src/demos/pixel-permutation/sentences.ts";
import { snippet } from "../../../src/demos/pixel-permutation/snippet.ts";
import {
  check,
  hidden,
  output,
  type State,
  settle,
  shown,
} from "../../../src/demos/pixel-permutation/state.ts";

const PLAIN: State = {
  sample: 10,
  signal: [],
  view: "plain",
  training: "plain",
  position: 7,
  predict: false,
  guess: null,
};

const state = (change: { [Key in keyof State]?: unknown } = {}) =>
  ({ ...PLAIN, ...change }) as State;

test("un-permuting gives the plain values back, and with them the plain answers", () => {
  assert.deepEqual(shown(state({ view: "un-permuted" })), shown(PLAIN));
  assert.notDeepEqual(shown(state({ view: "permuted" })), shown(PLAIN));
  assert.deepEqual(output(state({ view: "un-permuted" })), output(PLAIN));
});

test("retrained, the fully connected network says what it said, the convolutional one does not", () => {
  const [dense, convolutional] = output(PLAIN) as [number[], number[]];
  const again = output(state({ view: "permuted", training: "permuted" })) as [number[], number[]];
  for (const [i, p] of dense.entries()) assert.ok(Math.abs(p - again[0][i]!) < 1e-12);
  assert.ok(convolutional.some((p, i) => Math.abs(p - again[1][i]!) > 0.1));
});

test("each impossible trait is refused at its control, and a possible state is not", () => {
  assert.equal(check(PLAIN), null);
  assert.equal(check(state({ signal: Array(40).fill(0.5), guess: "neither" })), null);
  const bad: Record<string, unknown> = {
    sample: 20,
    signal: [1, 2, 3],
    view: "shuffled",
    training: "none",
    position: 19,
    predict: "yes",
    guess: "all",
  };
  for (const [trait, value] of Object.entries(bad)) {
    assert.equal(check(state({ [trait]: value }))?.control, trait, trait);
  }
  assert.match(String(check(state({ signal: Array(40).fill(101) }))?.message), /takes 40 numbers/);
});

test("a guess is forgotten with the question that it answered", () => {
  const before = { last: state({ predict: true, guess: "both" }) };
  assert.equal(settle({ ...before.last, view: "permuted" }, before).guess, null);
  assert.equal(settle({ ...before.last, sample: 3 }, before).guess, null);
  assert.equal(settle({ ...before.last, position: 3 }, before).guess, "both");
});

test("a value moved makes a signal of one's own, and moved back the sample again", () => {
  const { values } = original(PLAIN);
  const moved = settle(state({ signal: values.with(3, 2) }), { last: PLAIN });
  assert.equal(original(moved).label, null);
  assert.equal(shown({ ...moved, view: "permuted" }).filter((value) => value === 2).length, 1);
  const back = settle({ ...moved, signal: [...values] }, { last: moved });
  assert.deepEqual(back.signal, []);
  assert.equal(original(back).label, 5);
});

test("answers wait for a guess, but not for a signal whose class nobody knows", () => {
  assert.ok(hidden(state({ predict: true })));
  assert.ok(!hidden(state({ predict: true, guess: "both" })));
  assert.ok(!hidden(state({ predict: true, signal: Array(40).fill(0) })));
});

test("the sentences say what is read, what fits, and who is right", () => {
  assert.match(windowSentence(PLAIN), /^Window 8 .* x₁₅ = .*: three neighbours\.$/);
  assert.match(windowSentence(state({ view: "permuted" })), /spread over \d+ positions\.$/);
  assert.match(settingSentence(PLAIN), /what they read is what they learnt from/);
  assert.match(settingSentence(state({ view: "permuted" })), /never seen such an order/);
  assert.match(settingSentence(state({ view: "un-permuted" })), /permuted and put back/);
  const right = Array.from({ length: 10 }, (_, i) => Number(i === 5));
  const wrong = Array.from({ length: 10 }, (_, i) => Number(i === 4));
  assert.equal(verdictOf([right, right], 5), "both");
  assert.equal(verdictOf([right, wrong], 5), "fully connected");
  assert.equal(verdictOf([wrong, right], 5), "convolutional");
  assert.equal(verdictOf([wrong, wrong], 5), "neither");
  assert.equal(verdictOf([wrong, wrong], null), null);
  const said = (guess: string) => guessSentence(state({ guess }), [right, wrong]);
  assert.match(said("fully connected"), /^Only the fully connected .*\. You said so\.$/);
  assert.match(said("both"), /^You expected: both .*\. In fact only the fully connected/);
  assert.match(spoken(PLAIN, [right, wrong]), /connected says 5, convolutional says 4. It is a 5/);
  assert.match(spoken(state({ predict: true }), [right, wrong]), /Predict first\.$/);
});

test("the snippet permutes, puts back and takes the networks that the state asks for", () => {
  const code = (change: object) =>
    snippet(state(change))
      .map((line) => line.code)
      .join("\n");
  assert.doesNotMatch(code({}), /x = x\[/);
  assert.match(code({ view: "un-permuted" }), /x = x\[order\]\nx = x\[inverse\(order\)\]/);
  assert.match(
    code({ training: "permuted" }),
    /convolutional-permuted[\s\S]*weight\.data\[:, order\]/,
  );
  assert.match(code({ signal: Array(40).fill(0.25) }), /torch\.tensor\(\[0\.25, /);
});

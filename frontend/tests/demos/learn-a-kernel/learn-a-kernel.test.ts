import assert from "node:assert/strict";
import { test } from "node:test";
import {
  equation,
  rateSentence,
  spoken,
  standing,
  verdict,
} from "../../../src/demos/learn-a-kernel/sentences.ts";
import { SIGNALS, signalNamed } from "../../../src/demos/learn-a-kernel/signals.ts";
import { snippet } from "../../../src/demos/learn-a-kernel/snippet.ts";
import {
  check,
  hides,
  KEYS,
  LIMITS,
  lesson,
  moment,
  type State,
  settle,
} from "../../../src/demos/learn-a-kernel/state.ts";

const PLAIN: State = {
  signal: signalNamed("mixed"),
  hidden: [-0.5, 0, 0.5],
  start: [0, 0, 0],
  rate: 0.1,
  noise: false,
  seed: 0,
  step: 0,
  weight: 2,
  predict: false,
  guess: "",
};

/** A state, with changes of any kind. */
const state = (change: Record<string, unknown> = {}) => ({ ...PLAIN, ...change }) as State;

const refused = (change: Record<string, unknown>, control: string, words: RegExp) => {
  const problem = check(state(change));
  assert.equal(problem?.control, control, JSON.stringify(change));
  assert.match(problem!.message, words);
  assert.ok(problem!.message.length <= 250);
};

test("a plain state is possible, and every trait of it is a key", () => {
  assert.equal(check(PLAIN), null);
  assert.deepEqual(Object.keys(PLAIN).sort(), [...KEYS].sort());
  for (const name of SIGNALS) assert.equal(check(state({ signal: signalNamed(name) })), null);
});

test("what is out of its limits is refused in words beside its control", () => {
  refused({ signal: [1, 2] }, "signal", /has 2 values; it takes 3 to 24/);
  refused({ signal: null }, "signal", /has no values/);
  refused({ hidden: [1, 2, 3, 4, 5, 6] }, "hidden", /it takes 1 to 5/);
  refused({ start: [1, Number.NaN, 0] }, "start", /holds NaN/);
  refused({ start: [1] }, "start", /both have as many/);
  for (const rate of [0, 3, Number.NaN, "1"]) refused({ rate }, "rate", /from 0.0001 to 2/);
  refused({ step: 201 }, "step", /from 0 to 200/);
  refused({ step: 0.5 }, "step", /whole number/);
  refused({ weight: 3 }, "weight", /from 0 to 2/);
  refused({ seed: -1 }, "seed", /from 0 to 9999/);
  refused({ noise: 1 }, "noise", /true or false/);
  refused({ guess: "up" }, "guess", /one of raise, lower/);
});

test("where the weights run away there is no later step, and the present one moves back", () => {
  const wild = state({ rate: 2, step: 0 });
  const last = lesson(wild).path.length - 1;
  assert.ok(last < LIMITS.step.max);
  refused({ rate: 2, step: last + 1 }, "step", new RegExp(`from 0 to ${last}`));
  const before = state({ step: 100 });
  const settled = settle({ ...before, rate: 2 }, { last: before, initial: before });
  assert.equal(settled.step, last);
  assert.match(standing(settled, lesson(settled), moment(settled)), /have run away/);
});

test("a guess is forgotten with its question, and hides nothing any more", () => {
  const asked = state({ predict: true });
  assert.ok(hides(asked));
  const guessed = settle({ ...asked, guess: "raise" }, { last: asked, initial: asked });
  assert.equal(guessed.guess, "raise");
  assert.ok(!hides(guessed));
  const next = settle({ ...guessed, step: 1 }, { last: guessed, initial: asked });
  assert.equal(next.guess, "");
});

test("the noise changes the target, by its seed, and nothing without it", () => {
  const target = (change: Record<string, unknown>) => lesson(state(change)).task.target;
  assert.deepEqual(target({ seed: 5 }), target({}));
  assert.notDeepEqual(target({ noise: true }), target({}));
  assert.notDeepEqual(target({ noise: true, seed: 1 }), target({ noise: true }));
  assert.deepEqual(target({ noise: true, seed: 1 }), target({ noise: true, seed: 1 }));
});

test("descent finds the hidden kernel", () => {
  const now = moment(state({ step: 200 }));
  for (const [k, w] of now.kernel.entries()) assert.ok(Math.abs(w - PLAIN.hidden[k]!) < 1e-6);
});

const words = (given: State) =>
  equation(given, moment(given))
    .map((piece) => piece.words)
    .join("");

test("the step is written with its numbers, and hidden until it is predicted", () => {
  assert.equal(words(PLAIN), "next ω₃ = 0.000 − 0.1·(−1.583) = 0.158");
  assert.equal(words(state({ predict: true })), "next ω₃ = 0.000 − 0.1·? = ?");
});

test("a prediction is judged with its reason", () => {
  const right = state({ predict: true, guess: "raise" });
  assert.match(verdict(right, moment(right)), /^You said raise ω₃: right\. .* negative/);
  const wrong = state({ predict: true, guess: "lower" });
  assert.match(verdict(wrong, moment(wrong)), /the other way/);
  const still = state({ predict: true, guess: "lower", weight: 1 });
  assert.match(verdict(still, moment(still)), /it hardly moves/);
});

test("the rate and the loss are judged in words", () => {
  const limit = (change: Record<string, unknown>) =>
    rateSentence(state(change), lesson(state(change)).limit);
  assert.match(limit({}), /below 0.398 converge: this one does/);
  assert.match(limit({ rate: 0.5 }), /each step overshoots the lowest point/);
  assert.match(limit({ signal: [0, 0, 0] }), /at no rate is there anything to learn/);
  const say = (change: Record<string, unknown>) => {
    const given = state(change);
    return standing(given, lesson(given), moment(given));
  };
  assert.match(say({ step: 100 }), /within 0.005 of the hidden one/);
  assert.match(say({ step: 5, rate: 0.5, start: [0.3, -0.1, 0.2] }), /It has grown/);
  assert.match(say({ step: 200, noise: true }), /The gradient has vanished/);
  assert.match(spoken(PLAIN, moment(PLAIN)), /Step 0: loss .* weight 3 is 0.000, gradient −1.583/);
});

test("the snippet learns with torch's own optimizer", () => {
  const code = snippet(state({ step: 7 })).map((line) => line.code);
  assert.ok(code.includes("for _ in range(7):"));
  assert.ok(code.includes("sgd = torch.optim.SGD([w], lr=0.1)"));
  assert.ok(code.includes("x = F.pad(x, (1, 1))"));
});

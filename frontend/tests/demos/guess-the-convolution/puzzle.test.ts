import assert from "node:assert/strict";
import { test } from "node:test";
import { compare, firstDifference } from "../../../src/demos/guess-the-convolution/comparison.ts";
import {
  inWords,
  otherReadings,
  score,
  verdict,
} from "../../../src/demos/guess-the-convolution/sentences.ts";
import { snippet } from "../../../src/demos/guess-the-convolution/snippet.ts";
import {
  answersOf,
  check,
  handIn,
  matches,
  output,
  type State,
  settle,
  targetOf,
} from "../../../src/demos/guess-the-convolution/state.ts";

const PLAIN: State = {
  length: 8,
  seed: 1,
  target: [3, 1, 1],
  target_padding: "valid",
  size: 3,
  stride: 1,
  dilation: 1,
  padding: "valid",
  checked: false,
  solved: 0,
  first_try: 0,
  misses: 0,
  done: false,
};

const state = (change: { [Key in keyof State]?: unknown } = {}) =>
  ({ ...PLAIN, ...change }) as State;

const why = (change: Partial<State>) => verdict(state({ ...change, checked: true }))!.why;

test("nothing is said of a guess that has not been handed in", () => {
  assert.equal(verdict(state()), null);
});

test("the right answer is right, and one that makes the same matrix too", () => {
  assert.equal(verdict(state({ checked: true }))!.right, true);
  assert.match(why({}), /No other setting/);
  const diagonal = { target: [1, 1, 1], size: 1, dilation: 3, padding: "circular" } as const;
  assert.ok(matches(state(diagonal)));
  assert.equal(
    why(diagonal as unknown as Partial<State>),
    "20 settings make this very matrix, and each counts: size 1, stride 1, dilation 1, 2, 3 or 4, padding zeros, valid, reflect, replicate or circular.",
  );
});

test("readings that are no product are listed one by one", () => {
  const all = answersOf(state({ target: [3, 2, 3], target_padding: "valid" }));
  assert.match(otherReadings(all), /^3 settings .*stride 2, 3 or 4/);
  const odd = [...all, { ...all[0]!, size: 5, padding: "zeros" as const }];
  assert.match(otherReadings(odd), /counts: size 3, stride 2, dilation 3, valid; /);
});

test("a wrong guess is told which row differs, and what that betrays", () => {
  assert.match(why({ stride: 2 }), /^Row h₂ differs: .* at x₂, x₃ and x₄, yours at x₃, x₄ and x₅/);
  assert.match(why({ stride: 2 }), /The stride is/);
  assert.match(why({ dilation: 2 }), /^Row h₁ differs: .* yours at x₁, x₃ and x₅\. The dilation/);
  assert.match(why({ size: 2 }), /^Row h₁ differs: .* The size is/);
  assert.match(why({ padding: "zeros" }), /^Row h₁ differs: .* Only the padding/);
});

test("rows too many and rows missing are told", () => {
  const given = { target: [2, 1, 1], size: 2, target_padding: "valid" } as Partial<State>;
  assert.match(why({ ...given, padding: "zeros" }), /^Row h₈ is too much: .* 7 rows, yours 8/);
  const more = { ...given, target_padding: "zeros", padding: "valid" } as Partial<State>;
  assert.match(why(more), /^Row h₈ is missing: .* 8 rows, yours 7/);
});

test("the right places with the wrong weights are told apart", () => {
  // At an end, a mirrored neighbour and a repeated one fill the same places by other weights.
  const replicate = { target: [2, 1, 1], target_padding: "replicate", size: 2 } as Partial<State>;
  const words = why({ ...replicate, padding: "circular" });
  assert.match(words, /^Row h₈ differs/);
  const three = { target: [3, 1, 1], target_padding: "reflect", size: 3 } as Partial<State>;
  assert.match(
    why({ ...three, padding: "replicate" }),
    /right places .* not with the right weights/,
  );
});

test("the overlay says of each place what both hold, by the target's letters", () => {
  const target = targetOf(state());
  assert.deepEqual(compare(8, target, null).slice(0, 2), [
    { row: 0, column: 0, target: "a", guess: "" },
    { row: 0, column: 1, target: "b", guess: "" },
  ]);
  const same = compare(8, target, target);
  assert.equal(firstDifference(same), null);
  const shifted = compare(8, target, { ...target, padding: "zeros" });
  assert.equal(firstDifference(shifted), 0);
});

test("a letter goes to the weight that fits best: the middle one stays the middle one", () => {
  const target = { size: 3, stride: 1, dilation: 1, padding: "zeros" } as const;
  const middle = compare(8, target, { ...target, size: 5 }).filter(({ row }) => row === 3);
  assert.deepEqual(
    middle.map(({ target: wanted, guess }) => `${wanted || "·"}${guess}`),
    ["·?", "aa", "bb", "cc", "·?"],
  );
});

test("every guess is judged as the brute force does, and explained in whole sentences", () => {
  for (let seed = 1; seed <= 40; seed++) {
    const [puzzle, other] = [state({ target: [], seed }), state({ target: [], seed: seed + 1 })];
    const reading = targetOf(other);
    const given = { ...puzzle, ...reading, checked: true };
    const right = answersOf(puzzle).some((one) => JSON.stringify(one) === JSON.stringify(reading));
    const said = verdict(given)!;
    assert.equal(said.right, right);
    assert.match(said.why, /^[A-Z0-9].*\.$/);
    assert.doesNotMatch(said.why, /undefined|NaN|null/);
  }
});

test("the score counts a puzzle once, and the first try apart", () => {
  let now = state({ target: [], seed: 5, size: 1 });
  const play = (change: Partial<State>) => {
    now = settle({ ...now, ...change }, { last: now, initial: state() });
  };
  play(handIn(now));
  assert.equal(now.misses, 1);
  play({ ...targetOf(now), checked: false });
  play(handIn(now));
  play(handIn(now));
  assert.deepEqual([now.solved, now.first_try, now.done], [1, 0, true]);
  play({ seed: 6, checked: false });
  assert.deepEqual([now.misses, now.done], [0, false]);
  play(targetOf(now));
  play(handIn(now));
  assert.equal(score(now), "Puzzle 6. Solved so far: 2 puzzles, 1 at the first try.");
});

test("the target can be read without being seen", () => {
  const words = inWords(state({ target: [2, 3, 1], target_padding: "valid" }));
  assert.equal(
    words,
    "Weight matrix, 3 rows of 8. h 1: a at x 1, b at x 2; h 2: a at x 4, b at x 5; h 3: a at x 7, b at x 8.",
  );
});

test("the guess's matrix numbers its weights, as its snippet does", () => {
  assert.deepEqual(output(state({ stride: 4 })), [
    [1, 2, 3, 0, 0, 0, 0, 0],
    [0, 0, 0, 0, 1, 2, 3, 0],
  ]);
  const code = snippet(state({ padding: "reflect", size: 4 })).map((line) => line.code);
  assert.ok(code.includes('x = F.pad(x, (1, 2), mode="reflect")'));
  assert.ok(code.includes("w = torch.tensor([[[1, 2, 3, 4]]], dtype=torch.float64)"));
});

test("what is impossible is refused beside the control that can mend it", () => {
  const refused: [{ [Key in keyof State]?: unknown }, string][] = [
    [{ length: 5 }, "length"],
    [{ seed: 0 }, "seed"],
    [{ target: [1, 2] }, "target"],
    [{ target: [3, 1, 5] }, "target"],
    [{ target: [5, 1, 4] }, "target"],
    [{ size: 6 }, "size"],
    [{ padding: "same" }, "padding"],
    [{ size: 5, dilation: 2 }, "padding"],
    [{ checked: 1 }, "checked"],
    [{ first_try: 1 }, "score"],
  ];
  for (const [change, control] of refused) {
    assert.equal(check(state(change))?.control, control, JSON.stringify(change));
  }
  assert.equal(check(state()), null);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { pressed } from "../../../src/demos/boxes/picture.ts";
import { CASE_NAMES, caseNamed } from "../../../src/demos/boxes/presets.ts";
import {
  curveSentence,
  extremes,
  outcomes,
  overlapSentence,
  stepSentence,
  verdict,
} from "../../../src/demos/boxes/sentences.ts";
import {
  asked,
  check,
  computed,
  derived,
  type State,
  settle,
} from "../../../src/demos/boxes/state.ts";
import { movedBox, pulledBox } from "../../../src/ui/box-editor.ts";

const STATE = {
  ...{ scene: "strawberries", view: "overlap", predict: false },
  ...caseNamed("a detector's boxes"),
} as State;

const of = (change: Partial<State>): State => settle({ ...STATE, ...change });

test("every preset is possible", () => {
  for (const name of CASE_NAMES) assert.equal(check(of(caseNamed(name))), null, name);
});

test("an overlap says what is shared, also where nothing is, or one lies in the other", () => {
  assert.match(overlapSentence(of({})), /^They share 81 % of A and 85 % of B; the IoU is 0.71/);
  const inside = overlapSentence(of(caseNamed("one box inside another")));
  assert.match(inside, /^B lies within A: all of it is shared, .* 0.25/);
  assert.match(overlapSentence(of(caseNamed("apart, near or far"))), /share nothing/);
  assert.match(overlapSentence(of(caseNamed("no area"))), /^A is pulled flat/);
  const dots = of({ boxes: STATE.boxes.map(() => [5, 5, 5, 5]) });
  assert.match(overlapSentence(dots), /^Neither box has an area/);
  assert.equal(derived(dots).iou, 0);
  const twice = of({ boxes: STATE.boxes.with(1, STATE.boxes[0]!) });
  assert.match(overlapSentence(twice), /^The same box twice/);
});

test("suppression is told step by step", () => {
  const view = "suppression";
  assert.match(stepSentence(of({ view })), /^1 box scores less than 0.25; 9 of 10 take part/);
  const first = of({ view, step: 1 });
  assert.match(
    stepSentence(first),
    /^F \(clock, 0.96\) is the surest .* suppresses G \(IoU 0.68\)/,
  );
  const last = of({ view, step: 99 });
  assert.equal(last.step, computed(last).suppression.steps.length);
  assert.match(stepSentence(last), /Done: F, A, C, H, D and I\.$/);
  assert.equal(outcomes(last)[1], "gone: A, IoU 0.71");
  assert.equal(outcomes(last)[9], "below the threshold");
});

test("thresholds of 0 and of 1 are spoken of", () => {
  const view = "suppression";
  assert.match(stepSentence(of({ view, threshold: 0 })), /A threshold of 0 lets every box in/);
  assert.match(stepSentence(of({ view, threshold: 1 })), /nothing is left, and every object/);
  assert.match(extremes(of({ overlap: 1 })), /nothing is ever suppressed/);
  assert.match(extremes(of({ overlap: 0 })), /whatever it touches/);
});

test("the reader's order is hidden from the traits, then judged", () => {
  const asks = of({ view: "suppression", predict: true });
  assert.deepEqual(derived(asks).survivors, []);
  assert.ok(outcomes(asks).every((word) => word === "?"));
  const named = { ...asks, ...pressed(asks, 5) };
  assert.deepEqual(named.guess, [5]);
  assert.deepEqual(pressed(named, 5).guess, []);
  const truth = computed(asks).survivors;
  const said = (guess: number[]) => verdict({ ...asks, revealed: true, guess });
  assert.match(said(truth), /exactly right/);
  assert.match(said(truth.toReversed()), /in the order of their scores/);
  assert.match(said([5, 1]), /B is suppressed by A/);
  assert.match(said(truth.slice(0, 2)), /You left out/);
  assert.match(said([]), /^You named no box/);
});

test("a changed question takes the reader's answer back, and the end stays the end", () => {
  const ended = of({ view: "suppression", step: 99, guess: [1], revealed: true });
  const next = settle({ ...ended, ...asked(ended, { overlap: 1 }) });
  assert.deepEqual([next.guess, next.revealed], [[], false]);
  assert.equal(next.step, computed(next).suppression.steps.length);
});

test("precision and recall are of the selected box's class", () => {
  const view = "precision and recall";
  const state = of({ view });
  assert.deepEqual(derived(state).precision, [1, 1, 2 / 3, 3 / 4, 3 / 5]);
  assert.match(curveSentence(state), /3 of 3 strawberries found by 5 boxes: precision 0.60/);
  assert.match(curveSentence(of({ view, threshold: 1 })), /No strawberry passes the threshold/);
  const none = of({ view, labels: STATE.labels.with(0, 9) });
  assert.match(curveSentence(none), /^The scene has no house/);
  assert.deepEqual(derived(none).recall, []);
});

test("class-aware suppression leaves a box of another class alone", () => {
  const kept = (by_class: boolean) => computed(of({ by_class })).survivors.includes(7);
  assert.deepEqual([kept(true), kept(false)], [true, false]);
});

test("what is impossible is refused in words", () => {
  const cases: [Partial<State>, RegExp][] = [
    [{ boxes: STATE.boxes.with(0, [9, 1, 3, 5]) }, /^Box A is inside out/],
    [{ boxes: STATE.boxes.with(0, [9, 1, 99, 5]) }, /number from 0 to 96/],
    [{ scores: [0.5] }, /The scores has 1 values/],
    [{ threshold: 1.5 }, /The threshold is 1.5/],
    [{ overlap: Number.NaN }, /The overlap is NaN/],
    [{ guess: [1, 1] }, /names a box twice/],
    [{ scene: "moon" as never }, /The picture is moon/],
  ];
  for (const [change, words] of cases) {
    assert.match(String(check(of(change))?.message), words);
  }
});

test("a box stops at the edges, and a corner pulled past the other puts them in order", () => {
  assert.deepEqual(movedBox([10, 10, 20, 20], [-30, 90], 96), [0, 86, 10, 96]);
  const pulled = pulledBox([10, 10, 20, 20], 3, [4, 15], 96, 0);
  assert.deepEqual(pulled, { box: [4, 10, 10, 15], turned: true });
  assert.deepEqual(pulledBox([10, 10, 20, 20], 3, [30, 200], 96, 0).box, [10, 10, 30, 96]);
  assert.deepEqual(pulledBox([10, 10, 20, 20], 3, [10, 10], 96, 4).box, [10, 10, 14, 14]);
});

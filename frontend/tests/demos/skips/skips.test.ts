import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Answers,
  computed,
  judged,
  rowsOf,
  sceneOf,
} from "../../../src/demos/skips/answers.ts";
import { STORED } from "../../../src/demos/skips/networks.ts";
import { type Inks, look, paint, places, ROLES } from "../../../src/demos/skips/paint.ts";
import {
  pixelSentences,
  resultSentence,
  switchedName,
} from "../../../src/demos/skips/sentences.ts";
import { snippet } from "../../../src/demos/skips/snippet.ts";
import { check, LEVELS, NAMES, type State, withSkip } from "../../../src/demos/skips/state.ts";

const STATE: State = { index: 4, skips: [true, true, true], map: "classes", pixel: [48, 48] };

const INKS = Object.fromEntries(ROLES.map((role, n) => [role, [20 * n, 0, 0]])) as unknown as Inks;

test("a state that cannot be is refused in words", () => {
  assert.equal(check(STATE), null);
  const bad: [Partial<State>, RegExp][] = [
    [{ index: -1 }, /Held-out scene is -1; it is a whole number from 0 to 9999/],
    [{ skips: [true] }, /The skips are true; they are 3 times true or false/],
    [{ skips: [1, 1, 1] as never }, /they are 3 times/],
    [{ map: "heat" as never }, /The map is heat; it is one of classes, errors/],
    [{ pixel: [96, 0] }, /The row is 96; it is a whole number from 0 to 95/],
    [{ pixel: [0, 1.5] }, /The column is 1.5/],
    [{ pixel: "ab" as never }, /The pixel is ab; it is a row and a column/],
  ];
  for (const [change, message] of bad) {
    assert.match(check({ ...STATE, ...change })?.message ?? "", message);
  }
});

test("the levels are those of the network's skips", () => {
  const joints = STORED.with!.plan.layers.filter(({ kind }) => kind === "concatenate");
  assert.deepEqual(
    joints.map(({ shape }) => shape[1]).sort((a, b) => b - a),
    [...LEVELS],
  );
  assert.ok((STORED.without?.plan.layers ?? []).every(({ kind }) => kind !== "concatenate"));
});

test("one skip is switched and the others stay", () => {
  assert.deepEqual(withSkip([true, true, false], 1, false), [true, false, false]);
  assert.equal(switchedName([true, true, true]), "all skips on");
  assert.equal(switchedName([false, true, false]), "cut at 48, 12");
  assert.equal(switchedName([false, false, false]), "all skips cut");
});

test("the truth as an answer is perfect, and the background alone is not", () => {
  const { mask } = sceneOf(STATE);
  const right = judged(mask, null, mask);
  assert.deepEqual([right.accuracy, right.meanIou, right.boundaryF], [1, 1, 1]);
  const nothing = judged(new Uint8Array(mask.length), null, mask);
  assert.ok(nothing.accuracy > 0.5);
  assert.ok(nothing.meanIou < 0.5);
  assert.ok(nothing.boundaryF < 0.2);
});

test("maps go into a trait and come back", () => {
  const { mask } = sceneOf(STATE);
  const rows = rowsOf(mask);
  assert.equal(rows.length, 96);
  assert.ok(rows.every((row) => /^[0-9a]{96}$/.test(row)));
  const answers = computed([rows, rows, rows], STATE)!;
  assert.deepEqual(answers[1].classes, mask);
  assert.equal(computed([], STATE), null);
});

test("no two classes look the same", () => {
  const looks = NAMES.slice(1).map((_, n) => JSON.stringify(look(n + 1)));
  assert.equal(new Set(looks).size, 10);
});

test("an error is painted as one, and nothing else is", () => {
  const truth = Uint8Array.from([0, 0, 3, 3]);
  const classes = Uint8Array.from([0, 3, 3, 0]);
  const rgba = paint({ classes, truth, errors: true }, 2, INKS, 1);
  const reds = [0, 1, 2, 3].map((i) => rgba[4 * i]!);
  // Outlines lie on the upper and left sides of a pixel: here all of the lower row's.
  assert.equal(reds[0], 20 * ROLES.indexOf("paper"));
  assert.notEqual(reds[1], reds[0]);
  assert.equal(reds[2], 20 * ROLES.indexOf("text"));
});

test("a class is named at one of its own pixels, and a speck is not named", () => {
  const map = new Uint8Array(100);
  for (const i of [11, 12, 13, 21, 31, 32, 33]) map[i] = 7;
  map[99] = 2;
  const named = places(map, 10, 5);
  assert.equal(named.length, 1);
  const [label, column, row] = named[0]!;
  assert.equal(label, 7);
  assert.equal(map[10 * row + column], 7);
});

test("the sentence compares what was cut with what was there", () => {
  const { mask } = sceneOf(STATE);
  const right = judged(mask, null, mask);
  const nothing = judged(new Uint8Array(mask.length), null, mask);
  const answers: Answers = [right, nothing, right];
  assert.match(resultSentence(STATE, answers), /with all its skips has mean IoU 100.0 %/);
  const cut = { ...STATE, skips: [false, true, false] };
  assert.match(
    resultSentence(cut, answers),
    /With the skips at 48 and 12 pixels cut: .* instead of 100.0, .* never had a skip: 100.0 and 100.0 %/,
  );
  assert.match(resultSentence(cut, null), /starting/);
  const at = mask.indexOf(mask.find((label) => label > 0)!);
  const pixel = [Math.floor(at / 96), at % 96];
  const [first, second] = pixelSentences({ ...cut, pixel }, answers);
  assert.equal(first, `Row ${pixel[0]}, column ${pixel[1]} is ${NAMES[mask[at]!]}.`);
  assert.equal(second, "cut at 48, 12: background");
});

test("the snippet names the levels that are cut", () => {
  const code = snippet({ ...STATE, skips: [true, false, false] }).map((line) => line.code);
  assert.ok(code.some((line) => line.includes("ablate=[1, 2]")));
});

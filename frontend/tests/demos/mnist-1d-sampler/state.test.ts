import assert from "node:assert/strict";
import { test } from "node:test";
import { STAGES } from "../../../src/core/sampler.ts";
import { between, resting } from "../../../src/demos/mnist-1d-sampler/frames.ts";
import { handle, stepped } from "../../../src/demos/mnist-1d-sampler/handles.ts";
import { changes, emptySpans, limit } from "../../../src/demos/mnist-1d-sampler/layout.ts";
import { POINT_NAMES, POINTS } from "../../../src/demos/mnist-1d-sampler/presets.ts";
import {
  CORRELATED,
  check,
  edited,
  hidden,
  holdsDigit,
  make,
  negative,
  output,
  PAD,
  SCALE,
  SHEAR,
  SHIFT,
  STRETCH,
  settle,
  torn,
} from "../../../src/demos/mnist-1d-sampler/state.ts";
import { state } from "./states.ts";

const holding = (change: object) => {
  const made = make(state(change));
  return Array.from({ length: 72 }, (_, i) => holdsDigit(made, i));
};

test("each impossible trait is refused at its control, and a possible state is not", () => {
  assert.equal(check(state()), null);
  assert.equal(check(state({ example: 4999, padding: 0, scale: -2, shift: 71, shear: 2 })), null);
  assert.equal(check(state({ template: Array(12).fill(0.5) })), null);
  const bad: Record<string, unknown> = {
    digit: 10,
    template: [1, 2],
    seed: -1,
    example: 5000,
    padding: 61,
    scale: 2.5,
    shift: 1.5,
    shear: "steep",
    correlated_noise: -0.1,
    white_noise: null,
    stage: 9,
    predict: 1,
    guess: 0,
  };
  for (const [trait, value] of Object.entries(bad)) {
    assert.equal(check(state({ [trait]: value }))?.control, trait, trait);
  }
});

test("what is set by hand takes the place of what was drawn, and only that", () => {
  const drawn = make(state());
  const made = make(state({ shift: 40 }));
  assert.equal(made.draws.shift, 40);
  assert.equal(made.drawn.shift, 22);
  assert.equal(made.draws.scale, drawn.draws.scale);
  assert.deepEqual(edited(state({ shift: 40, padding: 46 })), ["shift"]);
  assert.deepEqual(output(state({ padding: 46, shift: 22 })), output(state()));
  assert.notDeepEqual(output(state({ seed: 3 })), output(state()));
});

test("the positions that hold the digit are those without correlated noise", () => {
  for (const change of [
    {},
    { shift: 71 },
    { padding: 0 },
    { scale: 0 },
    { padding: 36, shift: 47 },
  ]) {
    const { stages } = make(state(change));
    const held = holding(change);
    for (const [i, value] of stages[SHIFT]!.entries()) assert.equal(held[i], value !== 0);
  }
});

test("no draw of the data set tears a digit apart, and a shift beyond them does", () => {
  for (const padding of [36, 60]) {
    assert.ok(!torn(make(state({ padding, shift: 47 }))));
    assert.ok(torn(make(state({ padding, shift: 66 }))));
  }
  assert.ok(!torn(make(state({ shift: 0 }))));
});

test("three pairs of digits are each other's negative, the others nobody's", () => {
  const pairs = Array.from({ length: 10 }, (_, digit) => negative(digit));
  assert.deepEqual(pairs, [6, 7, null, 8, null, null, 0, 1, 3, null]);
});

test("a question that is asked brings the stage back, and the later stages wait for an answer", () => {
  const asked = settle(state({ predict: true, stage: 8 }), { last: state({ stage: 8 }) });
  assert.equal(asked.stage, SHIFT);
  assert.ok(hidden(asked));
  const on = settle({ ...asked, stage: 6 }, { last: asked });
  assert.equal(check(on)?.control, "stage");
  const said = settle({ ...asked, guess: 25 }, { last: asked });
  assert.equal(said.guess, 25);
  assert.ok(!hidden(said));
  const later = settle({ ...said, stage: 8 }, { last: said });
  assert.deepEqual([later.stage, later.guess], [8, 25]);
  const anew = settle({ ...later, seed: 9 }, { last: later });
  assert.deepEqual([anew.stage, anew.guess], [SHIFT, null]);
  assert.equal(settle(state({ predict: true, stage: 8 }), null).stage, SHIFT);
});

test("every stage comes about from the one before and ends where it rests", () => {
  for (const change of [{}, { padding: 0 }, { padding: 60, shift: 71, scale: -1 }]) {
    const made = make(state(change));
    for (const [at, values] of made.stages.entries()) {
      const rest = resting(made, at);
      assert.deepEqual(
        rest.map((p) => p.value),
        [...values],
      );
      assert.deepEqual(between(made, at, 1), rest);
      for (const part of [0, 0.3, 0.9]) {
        for (const { x, value } of between(made, at, part)) {
          assert.ok(x >= -0.5 && x <= 71.5, `${STAGES[at]} ${x}`);
          assert.ok(Number.isFinite(value));
        }
      }
    }
  }
});

test("the shift moves each value on its way, round the edge", () => {
  const made = make(state({ shift: 60 }));
  const half = between(made, SHIFT, 0.5);
  assert.equal(half[0]!.x, 30);
  assert.equal(half[50]!.x, 8);
});

test("each ring turns its number: at its own place it says what holds", () => {
  for (const [stage, name] of [
    [PAD, "padding"],
    [STRETCH, "padding"],
    [SCALE, "scale"],
    [SHIFT, "shift"],
    [CORRELATED, "correlated_noise"],
    [SHEAR, "shear"],
  ] as const) {
    const turned = handle(state({ stage, scale: 0.9, shear: -0.25 }), 36)!;
    assert.equal(turned.name, name);
    const back = turned.at(turned.axis === "x" ? turned.x : turned.y);
    assert.ok(Math.abs(back - turned.value) < 1e-9, name);
  }
  assert.equal(handle(state(), 36), null);
  assert.equal(handle(state({ stage: SHIFT, predict: true }), 36)?.name, "guess");
  assert.equal(handle(state({ stage: SCALE, template: Array(12).fill(0) }), 36)?.name, "scale");
});

test("an arrow key goes to the next step and not beyond the limit", () => {
  const turned = handle(state({ stage: SCALE }), 36)!;
  assert.equal(stepped(turned, 1), 0.85);
  assert.equal(stepped(turned, -1), 0.8);
  assert.equal(stepped({ ...turned, value: 1.98 }, 1), 2);
  assert.equal(stepped({ ...turned, value: 1.98 }, 10), 2);
});

test("what changed is marked where it changed, and what is empty adds up", () => {
  const made = make(state());
  assert.equal(changes(made, SHIFT).length, 0);
  assert.equal(changes(made, CORRELATED).length, 57);
  assert.deepEqual(emptySpans(made), [
    [0, 21],
    [37, 71],
  ]);
  assert.ok(limit(state({ scale: 2 })) > limit(state()));
});

test("the presets are possible, and show what they promise", () => {
  for (const name of POINT_NAMES) assert.equal(check(state(POINTS[name])), null, name);
  assert.ok(torn(make(state(POINTS["round the edge"]))));
  assert.ok(!torn(make(state(POINTS["largest shift"]))));
  assert.equal(make(state(POINTS["no padding"])).span, 72);
});

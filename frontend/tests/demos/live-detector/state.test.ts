import assert from "node:assert/strict";
import { test } from "node:test";
import type { Box } from "../../../src/core/boxes.ts";
import type { Runner } from "../../../src/core/inference/runner.ts";
import { encode } from "../../../src/core/yolo-grid.ts";
import { keyOf, NETWORKS } from "../../../src/demos/live-detector/networks.ts";
import {
  cellSentence,
  origin,
  spoken,
  summary,
  verdictOf,
} from "../../../src/demos/live-detector/sentences.ts";
import {
  check,
  derived,
  found,
  type State,
  thingsIn,
} from "../../../src/demos/live-detector/state.ts";
import { install } from "../../../src/demos/scene/runners.ts";
import { heldOut } from "../../../src/demos/scene/state.ts";

const start: State = {
  ...{ index: 5, scene: null, selected: -1, source: "scene", own: "" },
  ...{ network: NETWORKS[0]!, threshold: 0.5, overlap: 0.5, grid: false, cell: 0 },
};

const logit = (p: number) => Math.log(p / (1 - p));

/** What a network would say for some boxes, one a cell, all else being empty. */
function saying(boxes: { box: Box; label: number; score: number }[]): Float32Array {
  const raw = new Float32Array(20 * 36).fill(-20);
  for (const { box, label, score } of boxes) {
    const { row, column, x, y, w, h } = encode(box, 96, 6);
    const place = row * 6 + column;
    for (const [i, value] of [x, y, w, h, score].entries()) {
      raw[i * 36 + place] = logit(Math.min(0.9999, Math.max(0.0001, value)));
    }
    for (let c = 0; c < 10; c++) raw[(10 + c) * 36 + place] = c === label ? 20 : 0;
  }
  return raw;
}

function says(raw: Float32Array): void {
  const runner = { run: () => {}, map: () => ({ values: raw }) } as unknown as Runner;
  install(keyOf(NETWORKS[0]!), runner);
}

const things = thingsIn(start);
const exact = things.map(({ box, label }, i) => ({ box, label, score: 0.9 - i / 10 }));

test("without a network there is nothing to say, and that is said", () => {
  assert.equal(found({ ...start, network: "none" }), null);
  assert.equal(summary(start, null), "The network is being loaded.");
  assert.deepEqual(derived({ ...start, network: "none" }).boxes, []);
});

test("right boxes find every object", () => {
  assert.ok(things.length >= 2);
  says(saying(exact));
  const state = { ...start };
  const here = found(state)!;
  assert.deepEqual(
    here.findings.map(({ verdict }) => verdict),
    things.map(() => "right"),
  );
  assert.equal(
    summary(state, here),
    `${things.length} of ${things.length} objects found; no box is false.`,
  );
  assert.equal(derived(state).boxes.length, things.length);
  assert.match(spoken(state, here), /0\.90/);
});

test("each way to be wrong has its name", () => {
  const [first, second] = exact;
  const [x1, y1, x2, y2] = first!.box;
  const half: Box = [x1, y1, x1 + 0.4 * (x2 - x1), y2];
  says(
    saying([
      { ...first!, box: half },
      { ...second!, label: (second!.label + 1) % 10 },
    ]),
  );
  const state = { ...start };
  const here = found(state)!;
  assert.deepEqual(here.findings.map(({ verdict }) => verdict).sort(), ["class", "off"]);
  assert.match(summary(state, here), /^0 of \d objects found, \d missed; 2 boxes are false\./);
  for (const one of here.findings) assert.match(verdictOf(one, here.things), /^✗ /);

  says(saying([{ box: [0, 80, 10, 95], label: 9, score: 0.9 }]));
  const scene = { ...heldOut(5), objects: [] };
  const empty = { ...start, scene };
  assert.equal(found(empty)!.findings[0]!.verdict, "nothing");
  assert.equal(summary(empty, found(empty)), "There is nothing to find: the one box is false.");
});

test("thresholds at their ends are explained", () => {
  says(saying(exact));
  const all = { ...start, threshold: 0, overlap: 1 };
  assert.equal(found(all)!.findings.length, 72);
  assert.match(origin(all, found(all)), /At 0 every box takes part.*No overlap is more than 1/);
  const none = { ...start, threshold: 1, overlap: 0 };
  assert.equal(found(none)!.findings.length, 0);
  assert.match(origin(none, found(none)), /No score reaches 1.*At 0 a box suppresses all/);
});

test("a cell says what it sees", () => {
  says(saying(exact));
  const { row, column } = encode(exact[0]!.box, 96, 6);
  const state = { ...start, grid: true, cell: row * 6 + column };
  assert.match(
    cellSentence(state, found(state)),
    /if anything, a \w+ \(1\.00\); box 1: confidence 0\.90/,
  );
});

test("of an own image nothing is judged", () => {
  says(saying(exact));
  const own = Buffer.alloc(3 * 96 * 96).toString("base64");
  const state: State = { ...start, source: "own", own };
  assert.ok(found(state)!.findings.every(({ verdict }) => verdict === "unknown"));
  assert.match(summary(state, found(state)), /in your image\. What is right is not known/);
});

test("impossible settings are refused in words", () => {
  const said = (change: object) => check({ ...start, ...change })?.message ?? "";
  assert.equal(said({}), "");
  assert.match(said({ network: "best" }), /^Network is best; it is one of /);
  assert.match(said({ threshold: 1.1 }), /^Lowest score is 1\.1; it is a number from 0 to 1/);
  assert.match(said({ overlap: Number.NaN }), /^Largest overlap is NaN/);
  assert.match(said({ grid: 1 }), /is 1; it is true or false/);
  assert.match(said({ cell: 36 }), /^Cell is 36/);
  assert.match(said({ scene: [] }), /^The scene is not described/);
});

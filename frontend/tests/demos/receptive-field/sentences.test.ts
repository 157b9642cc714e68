import assert from "node:assert/strict";
import { test } from "node:test";
import {
  channelSentence,
  formulas,
  inputSentence,
  ranges,
  unitSentence,
  viewSentence,
} from "../../../src/demos/receptive-field/sentences.ts";
import { snippet } from "../../../src/demos/receptive-field/snippet.ts";
import { alike, state } from "./states.ts";

test("a unit's sentence counts its inputs from one", () => {
  assert.equal(unitSentence(state()), "Unit 5 of layer 3 reads 7 inputs, 5 to 11.");
  assert.equal(unitSentence(state({ unit: [] })), "");
});

test("inputs in the gaps are counted", () => {
  const gaps = state({ length: 21, layers: alike(3, 3, 1, 2, 0), unit: [3, 0] });
  assert.match(
    unitSentence(gaps),
    /reads 7 inputs, 1, 3, 5, 7, 9, 11 and 13: 6 inputs between skipped/,
  );
});

test("a field that goes beyond the end says where, and what is left of it", () => {
  const clipped = state({ layers: alike(3, 3, 1, 1, 1), unit: [3, 0] });
  assert.equal(
    unitSentence(clipped),
    "Unit 1 of layer 3 reads 4 inputs, 1 to 4. Its field of 7 goes from −2 to 4, so 3 of its positions lie beyond the ends.",
  );
  const nothing = state({ length: 2, layers: [[1, 1, 1, 2]], unit: [1, 0], input: [] });
  assert.equal(unitSentence(nothing), "Unit 1 of layer 1 reads padded zeros only.");
});

test("an input's sentence says whom it reaches, or which layer drops it", () => {
  assert.equal(inputSentence(state()), "Input 7 reaches 7 of 9 units of layer 3: 1 to 7.");
  const mnist = state({ length: 40, layers: alike(3, 3, 2, 1, 0), input: [39], unit: [] });
  assert.match(inputSentence(mnist), /Input 40 reaches no unit of layer 3: layer 1 does not/);
});

test("the formulas stand with their numbers, the start counted from one", () => {
  const said = formulas(state({ layers: alike(3, 3, 2, 1, 1), layer: 2, unit: [], input: [] })).map(
    (pieces) => pieces.map(({ words }) => words).join(""),
  );
  assert.deepEqual(said, ["size = 3 + 1·(3 − 1)·2 = 7", "jump = 2·2 = 4", "start = 0 − 1·2 = −2"]);
});

test("channels change the parameters and not the field", () => {
  assert.equal(
    channelSentence(state()),
    "1 channel in each layer: 12 parameters; the receptive field is 7 whatever their number.",
  );
  assert.match(
    channelSentence(state({ channels: 32 })),
    /32 channels .* 6,336 parameters; .* is 7 /,
  );
});

test("paths and gradients are told with the input's own share", () => {
  const paths = viewSentence(state({ view: "paths", input: [7] }), [], 0);
  assert.equal(
    paths,
    "27 paths lead to the unit; the spread of their beginnings is 1.41 inputs. From input 8 come 7 of them.",
  );
  const squared = [0, 0, 0, 0, 1, 2, 3, 6, 3, 2, 1, 0, 0, 0, 0];
  const shares = viewSentence(state({ view: "gradients", input: [7] }), squared, 10);
  assert.match(shares, /^After 10 draws, 6 of 7 inputs hold 90 % .* Input 8 holds 33\.3 %\.$/);
  const none = viewSentence(
    state({ view: "gradients" }),
    squared.map(() => 0),
    1,
  );
  assert.match(none, /^In 1 draw no gradient came through/);
});

test("ranges join neighbours and leave out the middle of a long list", () => {
  assert.equal(ranges([0, 1, 2, 4, 6, 7]), "1 to 3, 5, 7 and 8");
  assert.ok(ranges(Array.from({ length: 30 }, (_, i) => 2 * i)).includes("…"));
});

test("the snippet has a line for each layer and asks for what is pointed at", () => {
  const code = snippet(state({ channels: 4, unit: [2, 1] })).map(({ code }) => code);
  assert.equal(code.filter((line) => line.includes("nn.Conv1d(")).length, 3);
  assert.ok(code.includes("net[:2](x)[0, 0, 1].backward()"));
  assert.ok(code.some((line) => line.includes("nonzero")));
  const nothing = snippet(state({ unit: [], input: [] }));
  assert.equal(nothing.at(-1)!.code, "print(net(x).shape[-1])");
});

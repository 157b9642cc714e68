import assert from "node:assert/strict";
import { test } from "node:test";
import { valueSentence } from "../../../src/demos/mnist-1d-sampler/exact.ts";
import {
  drawSentence,
  spoken,
  stageSentence,
  verdict,
} from "../../../src/demos/mnist-1d-sampler/sentences.ts";
import { snippet } from "../../../src/demos/mnist-1d-sampler/snippet.ts";
import { state } from "./states.ts";

const said = (change: object) => stageSentence(state(change));

test("each stage says in words and numbers what it did", () => {
  const plain = Array.from({ length: 9 }, (_, stage) => said({ stage }));
  assert.match(
    plain[0]!,
    /^The template of a 7: 12 values from −0\.15 to 0\.37; it starts and ends/,
  );
  assert.match(plain[1]!, /^46 zeros after it \(drawn from 36 to 60\) make 58 values\.$/);
  assert.match(plain[2]!, /^The 58 values are read at 72 .* the digit's 12 now hold 15 positions/);
  assert.match(
    plain[3]!,
    /^Times 0\.81 \(drawn from 0\.8 to 1\.2\): the peak, at position 3, goes/,
  );
  assert.match(
    plain[4]!,
    /^22 places to the right .* from position 3 to 25\. Its last value .* 37/,
  );
  assert.match(plain[5]!, /0\.25, smoothed to 0\.094 .* fills the 57 positions .* digit's 15 keep/);
  assert.match(plain[6]!, /^Noise of standard deviation 0\.02 on all 72 positions/);
  assert.match(
    plain[7]!,
    /^A slope of −0\.251 .* left end is lowered by 0\.126, the right end raised/,
  );
  assert.match(plain[8]!, /^The 72 values are read at 40 .* standardised, here from −\d/);
  for (const words of plain) assert.doesNotMatch(words, /NaN|undefined|Infinity/);
});

test("a number set by hand is said to be one, and whether the data set could have drawn it", () => {
  assert.match(said({ stage: 1, padding: 40 }), /set by hand, within the 36 to 60 of the data set/);
  assert.match(said({ stage: 1, padding: 0 }), /^No zeros after it \(set by hand, beyond the 36/);
  assert.match(said({ stage: 3, scale: -1, digit: 3 }), /Turned over, a 3 is an 8: this changes/);
  assert.match(said({ stage: 3, scale: -1 }), /Turned over, a 7 is a 1/);
  assert.match(said({ stage: 3, scale: -1, digit: 2 }), /no factor of the data set does that/);
  assert.match(said({ stage: 3, scale: 0 }), /nothing is left/);
  assert.match(said({ stage: 4, shift: 66 }), /its last 9 positions come in again on the left/);
  assert.match(said({ stage: 4, padding: 0 }), /fills every position/);
  assert.match(said({ stage: 4, shift: 1 }), /^1 place to the right/);
  assert.match(said({ stage: 5, padding: 0 }), /no place for this noise/);
  assert.match(said({ stage: 5, correlated_noise: 0 }), /^No noise/);
  assert.match(said({ stage: 6, white_noise: 0 }), /nothing changes/);
  assert.match(said({ stage: 7, shear: 0 }), /changes nothing/);
});

test("the draw is named, and what has been changed of it", () => {
  assert.equal(drawSentence(state()), "The draw of seed 2.");
  assert.match(drawSentence(state({ shift: 3 })), /Set by hand: shift \(drawn: 22\)\.$/);
  const example = { example: 17, digit: 9 };
  assert.match(drawSentence(state(example)), /of x_train\[17\] .*, a 9\. .* that very sample\.$/);
  assert.match(drawSentence(state({ ...example, digit: 1 })), /there a 9\.$/);
  assert.doesNotMatch(drawSentence(state({ ...example, white_noise: 0 })), /very sample/);
  assert.match(drawSentence(state({ example: 4003 })), /x_test\[3\]/);
});

test("a prediction is asked for without its answer, and judged with the sum", () => {
  const asked = { stage: 4, predict: true };
  assert.match(said(asked), /peak stands at position 3 of 72.* moves 22 places .*Where does/);
  assert.doesNotMatch(spoken(state(asked)), /25/);
  const judged = (change: object) => verdict(state({ ...asked, ...change }));
  assert.equal(judged({ guess: 25 }), "You said 25: right. 3 + 22 = 25.");
  assert.match(judged({ guess: 53 }), /^You said 53; it lands at 25\. That is to the left/);
  assert.match(judged({ shift: 71, guess: 2 }), /right\. 3 \+ 71 = 74, and 74 − 72 = 2\.$/);
  assert.equal(judged({ guess: 25, stage: 6 }), "");
});

test("a value is told exactly, with where it comes from", () => {
  assert.match(
    valueSentence(state({ stage: 4 }), 24),
    /^Position 25 of 72: 0\.\d{4}, from position 3/,
  );
  assert.match(
    valueSentence(state({ stage: 3 }), 2.2),
    /^Position 3 of 72: .*; before, 0\.\d{4}\.$/,
  );
  assert.match(valueSentence(state({ stage: 8 }), 71), /^Position 40 of 40: /);
  assert.match(valueSentence(state(), 71), /^Position 12 of 12: 0\.0000\.$/);
  assert.match(valueSentence(state({ stage: 1 }), 65), /^Point at/);
});

test("the snippet says no more than the state needs", () => {
  const code = (change: object) =>
    snippet(state(change))
      .map((line) => line.code)
      .join("\n");
  assert.match(code({}), /import draw, sample_stages, template\n[\s\S]*RandomState\(2\)/);
  assert.doesNotMatch(code({}), /replace|Settings/);
  assert.match(code({ shift: 3, shear: -0.5 }), /replace\(draws, shift=3, shear=-0\.5\)/);
  assert.match(code({ white_noise: 0 }), /Settings\(white_noise=0\)[\s\S]*draws, settings\)/);
  assert.match(code({ example: 17 }), /published_draw\(17\)/);
  assert.doesNotMatch(code({ example: 17 }), /numpy/);
  assert.match(code({ template: Array(12).fill(1) }), /np\.array\(\[1\.0, /);
});

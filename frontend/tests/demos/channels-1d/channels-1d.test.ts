import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CASES,
  caseNamed,
  withInputs,
  withOutputs,
  withSize,
} from "../../../src/demos/channels-1d/cases.ts";
import {
  equation,
  parameters,
  rebuiltSentence,
  spoken,
} from "../../../src/demos/channels-1d/sentences.ts";
import { snippet } from "../../../src/demos/channels-1d/snippet.ts";
import {
  check,
  KEYS,
  LIMITS,
  output,
  reconstruction,
  type State,
  settle,
} from "../../../src/demos/channels-1d/state.ts";

const PLAIN: State = {
  signals: [
    [1, 2, 4, 8],
    [0, 1, 0, -1],
  ],
  kernels: [
    [
      [1, 1, 1],
      [0, 10, 0],
    ],
    [
      [-1, 0, 1],
      [0, 0, 0],
    ],
  ],
  biases: [0.5, -3],
  relu: true,
  padding: "zeros",
  channel: 0,
  position: 1,
  source: 0,
  explode: false,
  rebuild: false,
  muted: [],
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
});

test("every case is possible and none is another one", () => {
  const seen = new Set(CASES.map((name) => JSON.stringify(caseNamed(name))));
  assert.equal(seen.size, CASES.length);
  for (const name of CASES) assert.equal(check(state({ ...caseNamed(name), muted: [] })), null);
});

test("lists that are none, too long or too short, or hold no numbers are refused in words", () => {
  refused({ signals: [] }, "signals", /There are 0 input channels; there must be 1 to 4/);
  refused({ signals: "x" }, "signals", /There are 0 input channels/);
  refused({ signals: [[1, 2]] }, "signals", /Input channel 1 has 2 values; it takes 3 to 16/);
  refused({ signals: [[1, 2, Number.NaN]] }, "signals", /holds NaN; each value is a number/);
  refused(
    {
      signals: [
        [1, 2, 3],
        [1, 2, 3, 4],
      ],
    },
    "signals",
    /equally long/,
  );
  refused({ kernels: [[[1], [1, 2]]] }, "kernels", /slices differ in size/);
  refused({ kernels: [[[]]] }, "kernels", /Slice 1 of filter 1 has 0 values; it takes 1 to 5/);
  refused({ kernels: [[[1, 1, 101]]] }, "kernels", /holds 101; .* from -100 to 100/);
  refused({ biases: [null, 1] }, "biases", /holds null/);
});

test("shapes that do not fit each other are refused in words", () => {
  refused({ kernels: [[[1]]], biases: [0] }, "kernels", /has 1 slices, but there are 2 input/);
  refused({ biases: [1] }, "biases", /There are 1 biases for 2 filters/);
  const five = [[[1, 1, 1, 1, 1]]];
  const change = { signals: [[1, 2, 3]], kernels: five, biases: [0], padding: "valid" };
  refused(change, "padding", /spans 5 values/);
});

test("what is pointed at must be there, and switches are true or false", () => {
  refused({ channel: 2 }, "channel", /is 2; it is a whole number from 0 to 1/);
  refused({ position: 4 }, "position", /from 0 to 3/);
  refused({ padding: "valid", position: 2 }, "position", /from 0 to 1/);
  refused({ source: -1 }, "source", /from 0 to 1/);
  refused({ muted: [2] }, "muted", /from 0 to 1/);
  refused({ padding: "same" }, "padding", /one of zeros, valid/);
  refused({ relu: 1 }, "relu", /true or false/);
});

test("what is pointed at moves to the last where there are fewer", () => {
  const last = state({ channel: 1, position: 3, source: 1, muted: [1] });
  const fewer = { signals: [[1, 2, 4]], kernels: [[[1, 1, 1]]], biases: [0] };
  const settled = settle({ ...last, ...fewer }, { last, initial: last });
  const { channel, position, source, muted } = settled;
  assert.deepEqual([channel, position, source, muted], [0, 2, 0, []]);
  assert.equal(check(settled), null);
  assert.equal(settle({ ...last, position: 9 }, { last, initial: last }).position, 9);
});

test("channels and sizes can be added and taken away up to every limit", () => {
  for (const inputs of [1, 2, 3, 4]) {
    for (const outputs of [1, 2, 3, 4]) {
      for (let size = LIMITS.size.min; size <= LIMITS.size.max; size++) {
        let now = state({ ...withInputs(PLAIN, inputs), channel: 0, source: 0 });
        now = { ...now, ...withOutputs(now, outputs) };
        now = { ...now, ...withSize(now, size) };
        assert.equal(check(now), null, `${inputs} ${outputs} ${size}`);
        assert.equal(output(now).length, outputs);
      }
    }
  }
});

test("a new input changes no output, for no filter listens to it yet", () => {
  const more = state(withInputs(PLAIN, 4));
  assert.deepEqual(output(more), output(PLAIN));
});

const written = (given: State) =>
  equation(given).map((line) => line.map(({ words }) => words).join(""));

test("an output is written with every product, a line a channel, and with its bias", () => {
  assert.deepEqual(written(PLAIN), [
    "from x₁: 1·1 + 1·2 + 1·4 = 7.00",
    "from x₂: 0·0 + 10·1 + 0·0 = 10.00",
    "z₁ = 7.00 + 10.00 + 0.5 = 17.50, and h₁ = ReLU(17.50) = 17.50",
  ]);
  assert.deepEqual(written(state({ channel: 1, position: 3, relu: false })), [
    "from x₁: (−1)·4 + 0·8 + 1·0 = −4.00",
    "from x₂: 0·0 + 0·(−1) + 0·0 = 0.00",
    "h₂ = −4.00 + 0.00 − 3 = −7.00",
  ]);
});

test("a screen reader hears the output, and that it was clipped", () => {
  const clipped = state({ channel: 1, position: 3 });
  const where = "output channel 2, position 4 is 0.00, clipped from −7.00";
  assert.equal(spoken(clipped, output(clipped)), where);
});

test("the parameters are counted with their numbers", () => {
  assert.deepEqual(parameters(PLAIN), {
    formula: "2·2·3 + 2 = 14",
    meaning: "Each of the 2 filters has 2 slices of 3 weights, and one bias.",
  });
});

test("what can be rebuilt is said in words", () => {
  const both = state({ ...caseNamed("both signs"), rebuild: true, padding: "valid" });
  const say = (given: State) => rebuiltSentence(given, reconstruction(given));
  assert.match(say(both), /^From 2 channels: 9 equations and 11 bounds .* 12 unknown values/);
  assert.match(say(both), /misses the true one by 6.22/);
  assert.match(say({ ...both, muted: [0, 1] }), /^Nothing is kept/);
  const all = { ...both, ...caseNamed("level and edges") };
  assert.match(say(all), /rebuilt exactly/);
  assert.equal(say({ ...all, rebuild: false }), "");
});

test("the snippet defines, pads, convolves, clips and prints", () => {
  const code = (given: State) => snippet(given).map((line) => line.code);
  assert.deepEqual(code(PLAIN).slice(3), [
    "x = torch.tensor([[  # one example, C_in channels, L values",
    "    [1, 2, 4, 8],",
    "    [0, 1, 0, -1],",
    "]], dtype=torch.float64)",
    "w = torch.tensor([  # C_out filters, C_in slices, K weights",
    "    [[1, 1, 1], [0, 10, 0]],",
    "    [[-1, 0, 1], [0, 0, 0]],",
    "], dtype=torch.float64)",
    "b = torch.tensor([0.5, -3], dtype=torch.float64)",
    "x = F.pad(x, (1, 1))",
    "h = F.conv1d(x, w, b)",
    "h = F.relu(h)",
    "print(h[0].tolist())",
  ]);
  const bare = code(state({ relu: false, padding: "valid", position: 0 })).join("\n");
  assert.doesNotMatch(bare, /relu|pad/);
});

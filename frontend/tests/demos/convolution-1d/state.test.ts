import assert from "node:assert/strict";
import { test } from "node:test";
import {
  check,
  expectedOutput,
  KEYS,
  LIMITS,
  output,
  type State,
  settle,
} from "../../../src/demos/convolution-1d/state.ts";
import { state } from "./states.ts";

/** Asserts that a change of one trait is refused beside the control of that name. */
function assertRefused(change: Parameters<typeof state>[0], control: string, words: RegExp): void {
  const problem = check(state(change));
  assert.equal(problem?.control, control, JSON.stringify(change));
  assert.match(problem!.message, words);
  assert.ok(problem!.message.length < 250);
}

test("a plain state is possible, and every trait of it is a key", () => {
  assert.equal(check(state()), null);
  assert.deepEqual(Object.keys(state()).sort(), [...KEYS].sort());
});

test("each end of each limit is possible, and one step beyond is refused with the limits", () => {
  for (const name of ["stride", "dilation", "shift"] as const) {
    const { min, max } = LIMITS[name];
    for (const value of [min, max]) assert.equal(check(state({ [name]: value })), null);
    for (const value of [min - 1, max + 1]) {
      assertRefused({ [name]: value }, name, new RegExp(`is ${value}; .* from ${min} to ${max}`));
    }
  }
  for (const name of ["signal", "kernel"] as const) {
    const { min, max } = LIMITS[name];
    const values = (count: number) => ({ [name]: new Array(count).fill(1) });
    for (const count of [min, max]) assert.equal(check(state(values(count))), null);
    for (const count of [min - 1, max + 1]) {
      assertRefused(values(count), name, new RegExp(`has ${count} values; .* ${min} to ${max}`));
    }
  }
});

test("a huge list is refused in one short sentence", () => {
  assertRefused({ signal: new Array(10_000).fill(1) }, "signal", /has 10000 values/);
});

test("what is no list, no number or out of range is refused by name and value", () => {
  assertRefused({ signal: "1, 2" }, "signal", /The signal has no values/);
  assertRefused({ signal: null }, "signal", /The signal has no values/);
  assertRefused({ signal: [1, Number.NaN] }, "signal", /holds NaN; each value is a number from/);
  assertRefused({ signal: [1, null] }, "signal", /holds null/);
  assertRefused({ signal: [1, undefined] }, "signal", /holds undefined/);
  assertRefused({ kernel: [1, "2"] }, "kernel", /The kernel holds 2/);
  assertRefused({ kernel: [1001] }, "kernel", /holds 1001; .* from -1000 to 1000/);
  assertRefused({ kernel: [Number.NEGATIVE_INFINITY] }, "kernel", /holds -Infinity/);
});

test("a stride, dilation, shift or position that is no whole number is refused", () => {
  for (const name of ["stride", "dilation", "shift", "position"] as const) {
    for (const value of [1.5, "1", null, Number.NaN, [1], undefined]) {
      assertRefused({ [name]: value }, name, /is a whole number from/);
    }
  }
});

test("an unknown padding is refused with those there are", () => {
  for (const padding of ["same", "", null, 3, "constructor"]) {
    assertRefused({ padding }, "padding", /it is one of zeros, valid, reflect, replicate, circ/);
  }
});

test("a prediction that is no truth value and a guess that is no number are refused", () => {
  assertRefused({ predict: 1 }, "predict", /is 1; it is true or false/);
  assertRefused({ guess: Number.NaN }, "guess", /no number from/);
  assertRefused({ guess: "5" }, "guess", /no number from/);
  assert.equal(check(state({ guess: -2.5, predict: true })), null);
});

test("a combination without an output is refused in words that say how to mend it", () => {
  const nine = new Array(9).fill(1);
  assertRefused(
    { kernel: nine, padding: "valid" },
    "padding",
    /spans 9 values.*shorten the kernel/,
  );
  assertRefused(
    { kernel: nine, dilation: 2, padding: "reflect" },
    "padding",
    /can mirror at most 5/,
  );
  assertRefused({ kernel: nine, dilation: 2, padding: "circular" }, "padding", /only once/);
  assert.equal(check(state({ kernel: nine, dilation: 4, padding: "replicate" })), null);
});

test("a position is possible up to the last output", () => {
  assert.equal(check(state({ stride: 4, position: 1 })), null);
  assertRefused({ stride: 4, position: 2 }, "position", /is 2; .* from 0 to 1/);
  assertRefused({ position: -1 }, "position", /from 0 to 5/);
});

/** The states before a candidate: the last one, and the author's, here the same. */
const since = (last: State) => ({ last, initial: last });

test("a window that is left beyond the last output stays on the last", () => {
  const last = state({ position: 5 });
  assert.equal(settle(state({ position: 5, stride: 4 }), since(last)).position, 1);
  assert.equal(settle(state({ position: 5, signal: [1] }), since(last)).position, 0);
});

test("a window that has room stays where it is", () => {
  const last = state({ position: 1 });
  assert.equal(settle(state({ position: 1, stride: 2 }), since(last)).position, 1);
});

test("a position that was asked for is not mended behind the reader's back", () => {
  const settled = settle(state({ position: 9 }), since(state({ position: 2 })));
  assert.equal(settled.position, 9);
  assert.notEqual(check(settled), null);
});

test("the author's position is no demand: a link that does not name one moves the window", () => {
  const before = { last: state({ position: 2 }), initial: state({ position: 5 }) };
  assert.equal(settle(state({ position: 5, stride: 4 }), before).position, 1);
});

test("an impossible candidate is left as it is, to be judged", () => {
  const candidate = state({ kernel: [] });
  assert.equal(settle(candidate, since(state())), candidate);
});

test("the first state of all is taken as it is given", () => {
  const first = state({ position: 3, guess: 7, predict: true });
  assert.deepEqual(settle(first, null), first);
});

test("a guess is forgotten with its question, and kept while the values change", () => {
  const asked = state({ predict: true, guess: 7, position: 2 });
  assert.equal(settle({ ...asked, position: 3 }, since(asked)).guess, null);
  assert.equal(settle({ ...asked, predict: false }, since(asked)).guess, null);
  assert.equal(settle({ ...asked, kernel: [1, 1, 1] }, since(asked)).guess, 7);
});

test("a settled state of possible parts is possible", () => {
  const last = state({ position: 5 });
  for (const stride of [1, 2, 3, 4]) {
    for (const padding of ["zeros", "valid"]) {
      for (const signal of [
        [1, 2, 3],
        [1, 2, 3, 4, 5, 6, 7],
      ]) {
        assert.equal(
          check(settle(state({ position: 5, stride, padding, signal }), since(last))),
          null,
        );
      }
    }
  }
});

test("the output is that of the shifted signal", () => {
  assert.deepEqual(output(state()), [12, 124, 248, 496, 992, 1920]);
  assert.deepEqual(output(state({ shift: 1 })), [1, 12, 124, 248, 496, 960]);
  assert.deepEqual(output(state({ shift: 8 })), [0, 0, 0, 0, 0, 0]);
});

test("what equivariance expects is the unshifted output, moved, with zeros behind it", () => {
  assert.deepEqual(expectedOutput(state({ shift: 2 })), [0, 0, 12, 124, 248, 496]);
  assert.equal(expectedOutput(state({ shift: 1, stride: 2 })), null);
});

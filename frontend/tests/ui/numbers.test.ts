import assert from "node:assert/strict";
import { test } from "node:test";
import { parseNumber, parseNumbers } from "../../src/ui/numbers.ts";

const range = { min: -1000, max: 1000 };
const counts = { min: 1, max: 64 };

const number = (typed: string) => parseNumber(typed, range).value;
const problem = (typed: string, more = {}) => parseNumber(typed, { ...range, ...more }).problem;

test("decimals are read as they are written", () => {
  for (const [typed, value] of [
    ["3", 3],
    ["  3.25\t", 3.25],
    ["+.5", 0.5],
    ["5.", 5],
    ["2e2", 200],
    ["2E-2", 0.02],
    ["007", 7],
  ] as const) {
    assert.equal(number(typed), value, typed);
  }
});

test("a hyphen and a true minus sign both make a number negative", () => {
  assert.equal(number("-1.5"), -1.5);
  assert.equal(number("−1.5"), -1.5);
});

test("a fraction is divided exactly once", () => {
  assert.equal(number("1/3"), 1 / 3);
  assert.equal(number("−1/2"), -0.5);
  assert.equal(number("1.5/3"), 0.5);
});

test("what is no number is quoted back in words", () => {
  const words = ["abc", "NaN", "Infinity", "1/0", "1/-3", "1//2", "1 2", "0x10", "--1", "1e"];
  for (const word of words) {
    assert.equal(problem(word), `“${word}” is not a number.`);
  }
  assert.equal(problem(" "), "Type a number.");
});

test("a decimal comma is answered with the number as it is meant", () => {
  assert.equal(problem("8,5"), "Use a point: 8.5.");
  assert.equal(problem("−0,25"), "Use a point: −0.25.");
  assert.equal(parseNumbers("1,5; 2,5", range, counts).problem, "Use a point: 1.5.");
  assert.deepEqual(parseNumbers("1,5, 2,5", range, counts).value, [1, 5, 2, 5]);
});

test("a number beyond the range or between whole numbers is refused with the range", () => {
  assert.equal(problem("1001"), "1001 is not between -1000 and 1000.");
  assert.equal(problem("-1e9"), "-1e9 is not between -1000 and 1000.");
  assert.equal(problem("2.5", { whole: true }), "2.5 is not a whole number.");
  assert.equal(problem("4/2", { whole: true }), null);
});

test("no refusal repeats a long input in full", () => {
  const zeros = "0".repeat(10_000);
  for (const typed of ["x".repeat(10_000), `${zeros}5000`, `1.${zeros}`, "9".repeat(10_000)]) {
    const said = problem(typed, { whole: true, max: 0 });
    assert.ok(said !== null && said.length < 80, said ?? typed.slice(0, 9));
  }
});

test("a hundred thousand digits that end in a letter are refused at once", () => {
  // A pattern that tries every way to split them would take half a minute.
  const start = performance.now();
  assert.match(problem(`${"1".repeat(100_000)}x`)!, /not a number/);
  assert.ok(performance.now() - start < 5000);
});

test("numbers stand apart by commas, semicolons, spaces or lines, in any brackets", () => {
  for (const typed of ["1, 2, -3", "1;2;−3", "1 2 -3", "[1, 2,\n -3]", "([1], 2, -3,)"]) {
    assert.deepEqual(parseNumbers(typed, range, counts).value, [1, 2, -3], typed);
  }
});

test("a list of what the demo itself shows is read back", () => {
  assert.deepEqual(parseNumbers("−0.5, 0, 0.5", range, counts).value, [-0.5, 0, 0.5]);
});

test("one bad number spoils the list and is named", () => {
  assert.deepEqual(parseNumbers("1, two, 3", range, counts), {
    value: null,
    problem: "“two” is not a number.",
  });
});

test("an empty, a short and a huge list say how many there may be", () => {
  const said = (typed: string, limits = counts) => parseNumbers(typed, range, limits).problem;
  assert.equal(said(""), "0 values: give 1 to 64, apart by commas.");
  assert.equal(said("[ ]"), "0 values: give 1 to 64, apart by commas.");
  assert.equal(said("7", { min: 2, max: 4 }), "1 value: give 2 to 4, apart by commas.");
  assert.equal(said("1 ".repeat(10_000)), "10000 values: give 1 to 64, apart by commas.");
});

test("a true minus sign stands in an exponent too", () => {
  assert.deepEqual(parseNumber("−1.5e−9", { min: -1, max: 1 }), { value: -1.5e-9, problem: null });
});

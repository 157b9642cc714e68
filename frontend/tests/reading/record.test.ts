import assert from "node:assert/strict";
import { test } from "node:test";
import { headingOf, merge, parseReading, type Reading } from "../../src/reading/record.ts";

const WHOLE: Reading = {
  seen: ["one", "two"],
  finished: ["one"],
  of: 3,
  at: "two",
  heading: "Two",
  when: 1000,
};

test("what was kept is read back, and what is doubled counts once", () => {
  assert.deepEqual(parseReading(JSON.parse(JSON.stringify(WHOLE))), WHOLE);
  assert.deepEqual(parseReading({ ...WHOLE, finished: ["one", "one"] })?.finished, ["one"]);
});

test("what another hand has written is nothing", () => {
  const deep = JSON.parse(`${"[".repeat(5000)}${"]".repeat(5000)}`);
  const hostile: unknown[] = [
    ...[null, undefined, 7, "text", [], {}, deep, true],
    ...[{ seen: "one" }, { seen: [1] }, { seen: deep }, { seen: ["<img onerror=alert(1)>"] }],
    ...[{ finished: Array(101).fill("one") }, { finished: ["x".repeat(121)] }, { finished: [""] }],
    ...[{ of: 1e9 }, { of: -1 }, { of: 0.5 }, { of: "3" }, { of: null }],
    ...[{ at: "a b" }, { at: "javascript:alert(1)" }, { at: 1 }, { at: {} }],
    ...[{ heading: "x".repeat(121) }, { heading: 7 }, { heading: ["x"] }],
    ...[{ when: 1e300 }, { when: -1 }, { when: "now" }],
  ].map((part) =>
    part?.constructor === Object && Object.keys(part).length ? { ...WHOLE, ...part } : part,
  );
  for (const value of hostile) assert.equal(parseReading(value), null);
});

test("a prototype in the data changes no object", () => {
  const value = JSON.parse(
    '{"__proto__": {"polluted": true}, "seen": ["__proto__"], "finished": [], "of": 1, "at": "", "heading": "", "when": 0}',
  );
  const read = parseReading(value);
  assert.deepEqual(Object.keys(read ?? {}), ["seen", "finished", "of", "at", "heading", "when"]);
  assert.equal(({} as Record<string, unknown>).polluted, undefined);
});

test("two visits together have what each has, and the place of the later one", () => {
  const other = { ...WHOLE, seen: ["three"], finished: ["three"], at: "three", when: 2000 };
  const both = merge(WHOLE, other);
  assert.deepEqual(both.seen, ["one", "two", "three"]);
  assert.deepEqual(both.finished, ["one", "three"]);
  assert.equal(both.at, "three");
  assert.equal(merge(other, WHOLE).at, "three");
});

test("a heading that is kept can be read back", () => {
  assert.notEqual(parseReading({ ...WHOLE, heading: headingOf(`  ${"long ".repeat(99)}`) }), null);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { parseLink } from "../../src/host/link.ts";

const known = {
  signal: [1, 2, 3],
  stride: 1,
  padding: "zeros",
  predict: false,
  guess: null,
};

const read = (hash: string) => parseLink(hash, known);

/** Asserts that a link names its demo but changes nothing, and says so in words. */
function assertRefused(hash: string, named: string): void {
  const link = read(hash);
  assert.equal(link?.id, "c", hash);
  assert.deepEqual(link?.state, {}, hash);
  assert.ok(link?.problem?.startsWith("This link cannot be read"), hash);
  assert.ok(link?.problem?.includes(`“${named}”`), link?.problem ?? hash);
}

test("a fragment that names no demo is no link", () => {
  for (const hash of ["", "#", "#section-2", "#stride=2", "#%E0%A4%A"]) {
    assert.equal(read(hash), null, hash);
  }
});

test("a link names its demo and the traits that it sets", () => {
  assert.deepEqual(read("#demo=c&stride=2&padding=valid&predict=true"), {
    id: "c",
    state: { stride: 2, padding: "valid", predict: true },
    problem: null,
  });
});

test("a link without traits is the author's state", () => {
  assert.deepEqual(read("#demo=c"), { id: "c", state: {}, problem: null });
});

test("a list is read as JSON or as an author types it", () => {
  for (const written of ["[1,-2,0.5]", "1,-2,0.5", "%5B1%2C-2%2C0.5%5D"]) {
    assert.deepEqual(read(`#demo=c&signal=${written}`)?.state, { signal: [1, -2, 0.5] });
  }
});

test("a word is read with and without JSON's quotes", () => {
  for (const written of ["circular", '"circular"', "%22circular%22"]) {
    assert.deepEqual(read(`#demo=c&padding=${written}`)?.state, { padding: "circular" });
  }
});

test("a trait that may be null takes a value, and null", () => {
  assert.deepEqual(read("#demo=c&guess=2.5")?.state, { guess: 2.5 });
  assert.deepEqual(read("#demo=c&guess=null")?.state, { guess: null });
});

test("a trait that is said to be optional takes null whatever the author gave", () => {
  assert.deepEqual(parseLink("#demo=c&stride=null", known, ["stride"])?.state, { stride: null });
  assert.notEqual(parseLink("#demo=c&stride=null", known, ["padding"])?.problem, null);
});

test("a trait that is null takes a number and nothing else", () => {
  for (const written of ["two", "[1]", "{}", "true", '"2"']) {
    assertRefused(`#demo=c&guess=${encodeURIComponent(written)}`, "guess");
  }
});

test("an unknown trait is refused by name", () => {
  assertRefused("#demo=c&stride=2&colour=red", "colour");
});

test("a value of another kind than the trait's is refused", () => {
  for (const [key, written] of [
    ["stride", "two"],
    ["stride", "NaN"],
    ["stride", "[1]"],
    ["stride", "null"],
    ["stride", ""],
    ["padding", "3"],
    ["predict", "yes"],
    ["predict", "1"],
    ["signal", '["a"]'],
    ["signal", "[1,[2]]"],
    ["signal", "{}"],
    ["signal", "[1,"],
  ] as const) {
    assertRefused(`#demo=c&${key}=${encodeURIComponent(written)}`, key);
  }
});

test("names that every object has are no traits", () => {
  for (const key of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
    assertRefused(`#demo=c&${key}=1`, key);
  }
  assert.equal(({} as Record<string, unknown>).polluted, undefined);
});

test("a link cannot reach an object's prototype through a value", () => {
  const link = read(`#demo=c&guess=${encodeURIComponent('{"__proto__":{"polluted":1}}')}`);
  assert.equal(({} as Record<string, unknown>).polluted, undefined);
  assert.equal(Object.getPrototypeOf(link!.state), Object.prototype);
});

test("an over-long value is refused, and an over-long name is cut short", () => {
  assertRefused(`#demo=c&signal=${"1,".repeat(10_000)}1`, "signal");
  assertRefused(`#demo=c&${"k".repeat(500)}=1`, "k".repeat(20));
});

test("a broken trait spoils the whole link: half a state is none", () => {
  assertRefused("#demo=c&padding=valid&stride=fast", "stride");
});

test("an optional trait that is null may be a description, one that is not may not", () => {
  const scene = encodeURIComponent('{"objects":[]}');
  assert.deepEqual(parseLink(`#demo=c&guess=${scene}`, known, ["guess"])?.state, {
    guess: { objects: [] },
  });
  assertRefused(`#demo=c&guess=${scene}`, "guess");
});

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { fingerprint, recall, remember } from "../../src/ui/memory.ts";

/** Stand in for the browser's storage. */
function withStorage(storage: unknown): void {
  Object.defineProperty(globalThis, "localStorage", { configurable: true, value: storage });
}

/** What a Map can do, under the names of Storage. */
function working() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

afterEach(() => withStorage(undefined));

test("what is remembered is recalled, and null forgets it", () => {
  const storage = working();
  withStorage(storage);
  remember("question:a", { chosen: 1, given: null });
  assert.deepEqual(recall("question:a"), { chosen: 1, given: null });
  remember("question:a", null);
  assert.equal(recall("question:a"), null);
  assert.equal(storage.kept.size, 0);
});

test("the course's keys keep apart from those of others", () => {
  const storage = working();
  withStorage(storage);
  storage.kept.set("question:a", "7");
  assert.equal(recall("question:a"), null);
  remember("question:a", 1);
  assert.equal(storage.kept.get("question:a"), "7");
});

test("what another hand has left there is not understood, and nothing breaks", () => {
  const storage = working();
  withStorage(storage);
  storage.kept.set("course:question:a", "{broken");
  assert.equal(recall("question:a"), null);
});

test("a storage that refuses remembers nothing and breaks nothing", () => {
  const refuse = () => {
    throw new DOMException("refused", "SecurityError");
  };
  withStorage({ getItem: refuse, setItem: refuse, removeItem: refuse });
  remember("question:a", 1);
  remember("question:a", null);
  assert.equal(recall("question:a"), null);
});

test("without any storage nothing is remembered", () => {
  withStorage(undefined);
  remember("question:a", 1);
  assert.equal(recall("question:a"), null);
});

test("a fingerprint is short, the same for the same text, and another for another", () => {
  assert.equal(fingerprint("Which?"), fingerprint("Which?"));
  assert.notEqual(fingerprint("Which?"), fingerprint("Which!"));
  assert.ok(fingerprint("x".repeat(10_000)).length <= 7);
});

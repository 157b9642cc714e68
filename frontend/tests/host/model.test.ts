import assert from "node:assert/strict";
import { test } from "node:test";
import { StaticModel } from "../../src/host/model.ts";

/** A model, and what has been heard from it. */
function heard(state: Record<string, unknown>, ...events: string[]) {
  const model = new StaticModel(state);
  const log: string[] = [];
  for (const event of events) model.on(event, () => log.push(event));
  return { model, log };
}

test("a trait is read as it was set", () => {
  const { model } = heard({ stride: 1 });
  model.set("stride", 2);
  assert.equal(model.get("stride"), 2);
  assert.equal(model.get("unknown"), undefined);
});

test("setting a trait tells those who listen to it first, then those who listen to all", () => {
  const { model, log } = heard({ stride: 1, dilation: 1 }, "change", "change:stride");
  model.set("stride", 2);
  assert.deepEqual(log, ["change:stride", "change"]);
});

test("listeners to another trait hear nothing", () => {
  const { model, log } = heard({ stride: 1, dilation: 1 }, "change:dilation");
  model.set("stride", 2);
  assert.deepEqual(log, []);
});

test("an equal value fires nothing, however deep and newly made", () => {
  const { model, log } = heard({ kernel: [1, 2], guess: Number.NaN }, "change");
  model.set("kernel", [1, 2]);
  model.set("guess", Number.NaN);
  assert.deepEqual(log, []);
  model.set("kernel", [1, 2, 3]);
  assert.deepEqual(log, ["change"]);
});

test("a handler gets no arguments and reads the new value", () => {
  const model = new StaticModel({ stride: 1 });
  let got: unknown[] = [];
  let seen: unknown;
  model.on("change:stride", (...values) => {
    got = values;
    seen = model.get("stride");
  });
  model.set("stride", 3);
  assert.deepEqual(got, []);
  assert.equal(seen, 3);
});

test("the same handler listens once, however often it is put on", () => {
  const model = new StaticModel({ stride: 1 });
  let calls = 0;
  const handler = () => {
    calls += 1;
  };
  model.on("change:stride", handler);
  model.on("change:stride", handler);
  model.set("stride", 2);
  assert.equal(calls, 1);
});

test("off takes one handler, all of an event, or all there are", () => {
  const { model, log } = heard({ a: 0 }, "change:a", "change");
  const other = () => log.push("other");
  model.on("change:a", other);
  model.off("change:a", other);
  model.set("a", 1);
  assert.deepEqual(log.splice(0), ["change:a", "change"]);
  model.off("change:a");
  model.set("a", 2);
  assert.deepEqual(log.splice(0), ["change"]);
  model.on("change:a", other);
  model.off();
  model.set("a", 3);
  assert.deepEqual(log, []);
});

test("a handler that takes itself off leaves the others their turn", () => {
  const model = new StaticModel({ a: 0 });
  const log: string[] = [];
  const once = () => {
    log.push("once");
    model.off("change:a", once);
  };
  model.on("change:a", once);
  model.on("change:a", () => log.push("always"));
  model.set("a", 1);
  model.set("a", 2);
  assert.deepEqual(log, ["once", "always", "always"]);
});

test("of several that are set at once, each is in place before the first is heard of", () => {
  const model = new StaticModel({ a: 0, b: 0, c: 0 });
  const log: unknown[] = [];
  for (const key of ["a", "b", "c"]) {
    model.on(`change:${key}`, () => log.push([key, model.get("a"), model.get("b")]));
  }
  model.on("change", () => log.push("change"));
  model.setAll({ a: 1, b: 2, c: 0 });
  assert.deepEqual(log, [["a", 1, 2], ["b", 1, 2], "change"]);
});

test("the state that was handed in stays with its owner", () => {
  const given = { a: 1 };
  const model = new StaticModel(given);
  model.set("a", 2);
  assert.equal(given.a, 1);
});

test("saving and sending are possible and do nothing", () => {
  const { model, log } = heard({ a: 0 }, "change", "change:a");
  model.save_changes();
  model.send();
  assert.deepEqual(log, []);
});

test("names that every object has are unknown traits like any other", () => {
  const { model } = heard({ stride: 1 });
  assert.equal(model.get("toString"), undefined);
  model.set("__proto__", { polluted: 1 });
  assert.deepEqual(model.get("__proto__"), { polluted: 1 });
  assert.equal(({} as Record<string, unknown>).polluted, undefined);
});

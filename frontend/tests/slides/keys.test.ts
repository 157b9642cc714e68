import assert from "node:assert/strict";
import { test } from "node:test";
import { addressee } from "../../src/slides/keys.ts";

const element = (tagName: string, inDemo = false) => ({
  tagName,
  closest: () => (inDemo ? {} : null),
});
const press = (key: string, defaultPrevented = false) => ({ key, defaultPrevented });

test("without a focus every key is the deck's", () => {
  for (const key of ["ArrowRight", " ", "Escape", "PageDown", "t"]) {
    assert.equal(addressee(press(key), null), "deck");
    assert.equal(addressee(press(key), element("BODY")), "deck");
  }
});

test("in a demo arrows, letters and Space are the demo's", () => {
  for (const key of ["ArrowRight", "ArrowUp", " ", "Home", "t", "Enter"]) {
    assert.equal(addressee(press(key), element("g", true)), "page", key);
  }
});

test("Escape gives the keys back to the deck, unless the demo has a use for it", () => {
  assert.equal(addressee(press("Escape"), element("BUTTON", true)), "leave");
  assert.equal(addressee(press("Escape", true), element("BUTTON", true)), "page");
});

test("a remote control moves on from a demo, unless the demo has taken its key", () => {
  assert.equal(addressee(press("PageDown"), element("BUTTON", true)), "deck");
  assert.equal(addressee(press("PageDown", true), element("g", true)), "page");
});

test("Space on a link of a slide is the link's, and an arrow the deck's", () => {
  assert.equal(addressee(press(" "), element("A")), "page");
  assert.equal(addressee(press("ArrowRight"), element("A")), "deck");
});

/** What is being typed is left alone, whatever is drawn meanwhile. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { html } from "../../src/ui/dom.ts";
import { typed } from "../../src/ui/typed.ts";
import { freshPage } from "./page.ts";

/** A field on a page, what is taken from it, and a hand that types. */
function field() {
  const page = freshPage();
  const input = html("input", { type: "text" });
  page.append(input);
  const taken: string[] = [];
  const written = typed(input, new AbortController().signal, () => taken.push(input.value));
  const fire = (name: string) => {
    const event = input.ownerDocument.createEvent("Event");
    event.initEvent(name);
    input.dispatchEvent(event);
  };
  const type = (value: string) => {
    input.value = value;
    fire("input");
  };
  return { input, taken, type, fire, ...written };
}

test("a value is written where nobody types", () => {
  const { input, write } = field();
  write("1");
  write("2");
  assert.equal(input.value, "2");
});

test("what is being typed stays until it is done, and is taken then", () => {
  const { input, write, type, fire, taken } = field();
  write("1");
  type("12");
  write("3");
  assert.equal(input.value, "12");
  fire("change");
  assert.deepEqual(taken, ["12"]);
  write("3");
  assert.equal(input.value, "3");
});

test("leaving the field or another control ends the typing", () => {
  const { input, write, type, fire, end } = field();
  type("12");
  fire("blur");
  write("3");
  assert.equal(input.value, "3");
  type("45");
  end();
  write("6");
  assert.equal(input.value, "6");
});

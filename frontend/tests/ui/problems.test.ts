import assert from "node:assert/strict";
import { test } from "node:test";
import { html } from "../../src/ui/dom.ts";
import { problemSlots } from "../../src/ui/problems.ts";
import { freshPage } from "./page.ts";

/** Two controls, each with its place for a complaint. */
function twoControls() {
  const body = freshPage();
  const slots = problemSlots((name) => `demo-${name}`);
  const controls = ["stride", "kernel"].map((name) => {
    const field = html("input");
    body.append(html("div", {}, html("input"), field, slots.slot(name, field)));
    return { field, slot: slots.slot(name) };
  });
  return { slots, stride: controls[0]!, kernel: controls[1]! };
}

test("a complaint shows beside its control only, and marks the field", () => {
  const { slots, stride, kernel } = twoControls();
  slots.show({ control: "kernel", message: "The kernel has no weights." });
  assert.equal(kernel.slot.textContent, "The kernel has no weights.");
  assert.equal(kernel.slot.hidden, false);
  assert.equal(kernel.field.getAttribute("aria-invalid"), "true");
  assert.equal(stride.slot.hidden, true);
  assert.equal(stride.field.hasAttribute("aria-invalid"), false);
});

test("the field that was named is marked, and described by the complaint while it shows", () => {
  const { slots, stride } = twoControls();
  slots.show({ control: "stride", message: "a" });
  assert.equal(stride.field.getAttribute("aria-describedby"), stride.slot.id);
  assert.equal(document.querySelectorAll("[aria-invalid]").length, 1);
  slots.show(null);
  assert.equal(stride.field.hasAttribute("aria-describedby"), false);
});

test("a place may be asked for before its field is known", () => {
  freshPage();
  const slots = problemSlots((name) => name);
  const place = slots.slot("guess");
  const field = html("input");
  assert.equal(slots.slot("guess", field), place);
  slots.show({ control: "guess", message: "a" });
  assert.equal(field.getAttribute("aria-invalid"), "true");
});

test("the complaint that shows can be asked for", () => {
  const { slots } = twoControls();
  const problem = { control: "kernel", message: "a" };
  slots.show(problem);
  assert.equal(slots.present(), problem);
  slots.show(null);
  assert.equal(slots.present(), null);
});

test("at most one complaint shows, and none after null", () => {
  const { slots, stride, kernel } = twoControls();
  slots.show({ control: "kernel", message: "a" });
  slots.show({ control: "stride", message: "b" });
  assert.deepEqual([stride.slot.textContent, kernel.slot.textContent], ["b", ""]);
  slots.show(null);
  for (const { field, slot } of [stride, kernel]) {
    assert.equal(slot.hidden, true);
    assert.equal(slot.textContent, "");
    assert.equal(field.hasAttribute("aria-invalid"), false);
  }
});

test("a complaint about a control that is not there still shows, and accuses no field", () => {
  const { slots, stride } = twoControls();
  slots.show({ control: "colour", message: "There is no such colour." });
  assert.equal(stride.slot.textContent, "There is no such colour.");
  assert.equal(stride.field.hasAttribute("aria-invalid"), false);
});

test("each place has an id of its own, to which a field can point", () => {
  const { stride, kernel } = twoControls();
  assert.equal(stride.slot.id, "demo-stride-problem");
  assert.equal(kernel.slot.id, "demo-kernel-problem");
});

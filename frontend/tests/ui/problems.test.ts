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
    body.append(html("div", {}, field, slots.slot(name)));
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

test("of several fields the one that the complaint describes is marked", () => {
  const { slots, stride } = twoControls();
  const described = html("input", { "aria-describedby": stride.slot.id });
  stride.slot.before(described);
  slots.show({ control: "stride", message: "a" });
  assert.equal(described.getAttribute("aria-invalid"), "true");
  assert.equal(stride.field.hasAttribute("aria-invalid"), false);
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

test("a complaint about a control that is not there still shows somewhere", () => {
  const { slots, stride } = twoControls();
  slots.show({ control: "colour", message: "There is no such colour." });
  assert.equal(stride.slot.textContent, "There is no such colour.");
});

test("each place has an id of its own, to which a field can point", () => {
  const { stride, kernel } = twoControls();
  assert.equal(stride.slot.id, "demo-stride-problem");
  assert.equal(kernel.slot.id, "demo-kernel-problem");
});

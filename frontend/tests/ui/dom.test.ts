import assert from "node:assert/strict";
import { test } from "node:test";
import { html, list, set, svg, text } from "../../src/ui/dom.ts";
import { freshPage } from "./page.ts";

/** Counts the attributes that are really written. */
function counted(element: Element): { writes: number } {
  const count = { writes: 0 };
  for (const name of ["setAttribute", "removeAttribute"] as const) {
    const original = element[name].bind(element) as (...args: string[]) => void;
    Object.assign(element, {
      [name]: (...args: string[]) => {
        count.writes += 1;
        original(...args);
      },
    });
  }
  return count;
}

test("an element is made with its attributes and children", () => {
  freshPage();
  const element = html("p", { class: "a", hidden: true, title: null, lang: false }, "one ", "two");
  assert.deepEqual([...element.getAttributeNames()].sort(), ["class", "hidden"]);
  assert.equal(element.getAttribute("hidden"), "");
  assert.equal(element.innerHTML, "one two");
});

test("a text child is text, whatever it looks like", () => {
  freshPage();
  assert.equal(html("p", {}, "<b>").innerHTML, "&lt;b&gt;");
});

test("an SVG element is one, not an HTML element of that name", () => {
  freshPage();
  assert.equal(svg("circle", { r: 3 }).namespaceURI, "http://www.w3.org/2000/svg");
});

test("only attributes that differ are written, and false, null and undefined remove them", () => {
  freshPage();
  const element = html("div", { class: "a", title: "b" });
  const count = counted(element);
  set(element, { class: "a", title: "b", lang: undefined });
  assert.equal(count.writes, 0);
  set(element, { class: "c", title: null });
  assert.equal(count.writes, 2);
  assert.equal(element.getAttribute("class"), "c");
  assert.equal(element.hasAttribute("title"), false);
});

test("an unchanged text leaves its node alone", () => {
  freshPage();
  const element = html("p", {}, "same");
  const node = element.firstChild;
  text(element, "same");
  assert.equal(element.firstChild, node);
  text(element, "other");
  assert.equal(element.textContent, "other");
});

test("a list keeps the elements that it has, makes those it needs and drops the rest", () => {
  freshPage();
  const parent = html("ul");
  const made: number[] = [];
  const show = (items: string[]) =>
    list(
      parent,
      items,
      (index) => {
        made.push(index);
        return html("li");
      },
      (element, item) => text(element, item),
    );
  show(["a", "b"]);
  const [first] = parent.children;
  show(["c", "d", "e"]);
  assert.deepEqual(made, [0, 1, 2]);
  assert.equal(parent.children[0], first);
  assert.equal(parent.textContent, "cde");
  show(["f"]);
  assert.equal(parent.children.length, 1);
  assert.equal(parent.textContent, "f");
  show([]);
  assert.equal(parent.children.length, 0);
});

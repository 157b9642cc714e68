/** Every demo's promises: state in the model only, and no half-drawn picture. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { AnyModel } from "@anywidget/types";
import { StaticModel } from "../../src/host/model.ts";
import { type DemoDefinition, defineDemo, type Stage } from "../../src/ui/demo.ts";
import { html, text } from "../../src/ui/dom.ts";
import { freshPage } from "./page.ts";

interface State {
  width: number;
  height: number;
}

/** A demo that draws an area, and refuses one above 100. */
const definition: DemoDefinition<State> = {
  name: "area",
  keys: ["width", "height"],
  check: ({ width, height }) =>
    width * height > 100 ? { control: "width", message: "The area is above 100." } : null,
  derive: ({ width, height }) => ({ output: width * height }),
  build: (stage) => {
    const picture = html("p", { class: "picture" });
    stage.root.append(picture, html("div", {}, html("input"), stage.slot("width")));
    return ({ width, height }) => text(picture, `${width} × ${height}`);
  },
};

/** The demo on a page of its own. */
function mounted(state: Partial<State> = {}, change: Partial<DemoDefinition<State>> = {}) {
  const el = freshPage();
  el.className = "course-demo";
  const model = new StaticModel({ width: 4, height: 5, link_problem: "", ...state });
  let stage: Stage<State> | undefined;
  const demo = defineDemo<State>({
    ...definition,
    ...change,
    build: (given) => {
      stage = given;
      return (change.build ?? definition.build)(given);
    },
  });
  const controller = new AbortController();
  const cleanUp = demo.render({
    model: model as unknown as AnyModel,
    el,
    signal: controller.signal,
  } as never);
  return { el, model, stage: stage as Stage<State>, cleanUp, controller };
}

const shown = (el: Element) => el.querySelector(".picture")?.textContent;
const complaint = (el: Element) => el.querySelector("p[id$=problem]")?.textContent;
const microtasks = () => new Promise((resolve) => setImmediate(resolve));

test("a mounted demo is drawn, ready and carries its model", () => {
  const { el, model } = mounted();
  assert.equal(shown(el), "4 × 5");
  assert.equal(el.dataset.ready, "true");
  assert.equal((el as unknown as { model: unknown }).model, model);
});

test("where the host gives a bare element, the root is made in it", () => {
  const body = freshPage();
  const model = new StaticModel({ width: 4, height: 5 }) as unknown as AnyModel;
  defineDemo(definition).render({ model, el: body } as never);
  const root = body.querySelector<HTMLElement>(".course-demo");
  assert.equal(root?.dataset.demo, "area");
  assert.equal(root?.dataset.ready, "true");
});

test("what the page computes is a trait, from the first frame on", () => {
  const { model } = mounted();
  assert.equal(model.get("output"), 20);
  model.set("width", 6);
  assert.equal(model.get("output"), 30);
});

test("a change from outside is drawn", () => {
  const { el, model } = mounted();
  model.set("height", 7);
  assert.equal(shown(el), "4 × 7");
});

test("an impossible change from outside is taken back and explained", async () => {
  const { el, model } = mounted();
  model.set("width", 50);
  await microtasks();
  assert.equal(model.get("width"), 4);
  assert.equal(model.get("output"), 20);
  assert.equal(shown(el), "4 × 5");
  assert.equal(complaint(el), "The area is above 100.");
});

test("traits that arrive one after the other are judged together", async () => {
  const { el, model } = mounted();
  model.set("width", 50);
  model.set("height", 2);
  await microtasks();
  assert.equal(shown(el), "50 × 2");
  assert.equal(complaint(el), "");
});

test("an impossible set of traits is refused whole, though a part of it were possible", async () => {
  const { el, model } = mounted();
  model.setAll({ height: 1, width: 500 });
  await microtasks();
  assert.deepEqual([model.get("width"), model.get("height")], [4, 5]);
  assert.equal(shown(el), "4 × 5");
});

test("an impossible change from within is refused whole, and a possible one ends the complaint", () => {
  const { el, model, stage } = mounted();
  assert.equal(stage.update({ width: 50, height: 9 }), false);
  assert.deepEqual([model.get("width"), model.get("height")], [4, 5]);
  assert.equal(complaint(el), "The area is above 100.");
  assert.equal(stage.update({ width: 10 }), true);
  assert.equal(complaint(el), "");
  assert.equal(shown(el), "10 × 5");
});

test("a refused change is drawn over by the last valid state, so that no control shows it", () => {
  let drawn = 0;
  const draw = () => {
    drawn += 1;
  };
  const { stage } = mounted({}, { build: () => draw });
  const before = drawn;
  stage.update({ width: 50 });
  assert.equal(drawn, before + 1);
});

test("a first state that is impossible is a sentence, not a picture", () => {
  const { el, stage } = mounted({ width: 50 });
  assert.equal(stage, undefined);
  assert.equal(shown(el), undefined);
  assert.match(el.textContent ?? "", /The area is above 100/);
});

test("the state to return to is the one that the author gave", () => {
  const { el, stage } = mounted();
  stage.update({ width: 9 });
  stage.update(stage.initial);
  assert.equal(shown(el), "4 × 5");
});

test("word of a link that cannot be read shows, and its withdrawal ends it", () => {
  const { el, model } = mounted();
  model.set("link_problem", "This link cannot be read.");
  assert.equal(complaint(el), "This link cannot be read.");
  model.set("link_problem", "");
  assert.equal(complaint(el), "");
});

test("a demo that has left the page hears nothing more", () => {
  for (const leave of ["cleanUp", "abort"] as const) {
    const { el, model, cleanUp, controller } = mounted();
    if (leave === "cleanUp") cleanUp();
    else controller.abort();
    model.set("width", 6);
    assert.equal(shown(el), "4 × 5", leave);
    assert.equal(model.get("output"), 20, leave);
  }
});

test("a link may set the traits of the state, or those that the demo names", () => {
  assert.deepEqual(defineDemo(definition).linkable, ["width", "height"]);
  assert.deepEqual(defineDemo({ ...definition, linkable: ["width"] }).linkable, ["width"]);
});

test("a link that is followed ends a complaint though the state stays the same", () => {
  const { el, model, stage } = mounted();
  stage.update({ width: 50 });
  model.set("link_problem", null);
  model.set("link_problem", "");
  assert.equal(complaint(el), "");
  assert.equal(stage.problem(), null);
});

test("what a state comes to is announced when it changes, and not at first", async () => {
  const { el, stage } = mounted(
    {},
    {
      build:
        (given) =>
        ({ width }) =>
          given.narrate(`It is ${width} wide.`),
    },
  );
  const said = () => el.querySelector(".course-announcer")?.textContent;
  const later = () => new Promise((resolve) => setTimeout(resolve, 600));
  stage.redraw();
  await later();
  assert.equal(said(), "");
  stage.update({ width: 7 });
  await later();
  assert.equal(said(), "It is 7 wide.");
});

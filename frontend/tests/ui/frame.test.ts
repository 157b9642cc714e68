/** What stands around every picture. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { AnyModel } from "@anywidget/types";
import { StaticModel } from "../../src/host/model.ts";
import { actions } from "../../src/ui/actions.ts";
import { defineDemo } from "../../src/ui/demo.ts";
import { html } from "../../src/ui/dom.ts";
import { controls, frame, row } from "../../src/ui/frame.ts";
import { freshPage } from "./page.ts";

test("a demo is a group named by its title; hint, picture and controls follow", () => {
  const el = freshPage();
  el.className = "course-demo";
  el.id = "here";
  const model = new StaticModel({ width: 4, title: "A <title>", hint: "Look.", link_problem: "" });
  let resets = 0;
  const demo = defineDemo<{ width: number }>({
    name: "area",
    keys: ["width"],
    check: () => null,
    build(stage) {
      const reset = () => {
        resets += 1;
      };
      const line = row(html("input"), html("input"));
      frame(
        stage,
        html("p", { class: "picture" }),
        controls(line, actions(stage, "Area", ["width"], reset)),
      );
      return () => {};
    },
  });
  demo.render({ model: model as unknown as AnyModel, el } as never);
  assert.equal(el.getAttribute("role"), "group");
  const title = el.querySelector(`#${el.getAttribute("aria-labelledby")}`)!;
  assert.equal(title.textContent, "A <title>");
  assert.equal(title.getAttribute("role"), "heading");
  const classes = [...el.children].map((child) => child.className);
  assert.deepEqual(classes, ["course-title", "course-hint", "course-body", "course-announcer"]);
  const body = [...el.querySelector(".course-body")!.children].map((child) => child.className);
  assert.deepEqual(body, ["picture", "course-controls"]);
  assert.equal(el.querySelectorAll(".course-row > input").length, 2);

  model.set("width", 7);
  const [reset] = el.querySelectorAll<HTMLElement>(".course-actions > button");
  reset!.click();
  assert.equal(model.get("width"), 4);
  assert.equal(resets, 1);
});

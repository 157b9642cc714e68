/** What is said: everything that happened, of states the newest, and the same again. */

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { announcer } from "../../src/ui/announcer.ts";
import { freshPage } from "./page.ts";

/** An announcer on a page of its own, and a hand on the clock. */
function speaker(t: { after(run: () => void): void }) {
  mock.timers.enable({ apis: ["setTimeout"] });
  t.after(() => mock.timers.reset());
  const body = freshPage();
  const controller = new AbortController();
  const { say, tell } = announcer(body, controller.signal);
  const region = body.querySelector("[role=status]")!;
  return {
    say,
    tell,
    controller,
    said: () => region.textContent,
    wait: mock.timers.tick.bind(mock.timers),
  };
}

test("nothing is said at once, and all that happened half a second later", (t) => {
  const { say, said, wait } = speaker(t);
  say("Reset");
  say("Copied");
  say("Reset");
  wait(499);
  assert.equal(said(), "");
  wait(1);
  assert.equal(said(), "Reset. Copied");
});

test("of several states only the newest is said, after what has happened", (t) => {
  const { say, tell, said, wait } = speaker(t);
  tell("output 1 is 2.");
  say("Reset");
  tell("output 2 is 5.");
  wait(500);
  assert.equal(said(), "Reset. output 2 is 5.");
});

test("what is said again is first gone, so that it is read out again", (t) => {
  const { say, said, wait } = speaker(t);
  say("Reset");
  wait(500);
  say("Reset");
  wait(500);
  assert.equal(said(), "");
  wait(50);
  assert.equal(said(), "Reset");
});

test("a demo that has left the page says nothing more", (t) => {
  const { say, said, wait, controller } = speaker(t);
  say("Reset");
  controller.abort();
  wait(1000);
  assert.equal(said(), "");
});

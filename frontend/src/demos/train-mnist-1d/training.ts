/** Training as the state asks for it: what the workers are told, and what becomes of their news. */

import { equal } from "../../core/equal.ts";
import { NETWORKS } from "../../core/networks.ts";
import type { Stage } from "../../ui/demo.ts";
import { interactive } from "../../ui/environment.ts";
import { type Runners, race } from "./race.ts";
import { verdict } from "./sentences.ts";
import type { State } from "./state.ts";

/** @param changed called when a worker has told something. */
export function training(stage: Stage<State>, changed: () => void) {
  const runs = race(stage.signal, heard, (why) => {
    stage.update({ training: false });
    stage.complain({ control: "train", message: `This browser cannot train here: ${why}.` });
  });
  const { runners } = runs;
  let seen = false;
  /** What the workers were told last. */
  let ordered = "";

  /** Whether both networks have made all their steps. */
  const done = (state: State) =>
    NETWORKS.every((name) => (runners[name].news?.step ?? 0) >= state.steps);

  function toggle(): void {
    const state = stage.state();
    if (!state.training && state.guess === "") {
      const message = "Say first which network you think will err less.";
      stage.complain({ control: "guess", message });
      return;
    }
    if (!state.training && done(state)) anew();
    stage.update({ training: !state.training });
  }

  function oneStep(): void {
    stage.update({ training: false });
    follow();
    runs.step();
  }

  function anew(): void {
    runs.prepare(stage.state(), true);
    ordered = "";
  }

  /** Let the workers do what the state says. */
  function follow(): void {
    if (!interactive() || (!seen && ordered === "")) return;
    const state = stage.state();
    runs.prepare(state);
    runs.tell(state);
    const going = state.training && (seen || state.background);
    const order = JSON.stringify([going, state.steps, runs.run()]);
    if (order === ordered) return;
    ordered = order;
    if (going) runs.train(state.steps);
    else runs.pause();
  }

  /** A worker has told something. */
  function heard(): void {
    publish(stage, runners);
    changed();
    const state = stage.state();
    const resting = NETWORKS.every((name) => runners[name].news?.training === false);
    if (!state.training || !resting || !done(state)) return;
    stage.update({ training: false });
    stage.announce(verdict(state, runners) ?? "");
  }

  return {
    runners,
    /** The number of the present run. */
    run: runs.run,
    done,
    toggle,
    oneStep,
    follow,
    /** Begin at step 0 again, with no curve of a run before. */
    reset(): void {
      anew();
      runs.forget();
    },
    /** Whether training rests for as long as nobody sees the demo. */
    waits: (state: State) => state.training && !seen && !state.background,
    /** Say whether a reader sees the demo. */
    see(now: boolean): void {
      seen = now;
      follow();
    },
  };
}

/** Where the networks stand, as a trait. */
function publish(stage: Stage<State>, runners: Runners): void {
  const output = Object.fromEntries(
    NETWORKS.flatMap((name) => {
      const { news, points } = runners[name];
      const last = points.at(-1);
      if (!news || !last) return [];
      const { step, loss } = news;
      const { testError, trainError } = last;
      return [[name, { step, loss, train_error: trainError, test_error: testError }]];
    }),
  );
  if (equal(stage.model.get("output"), output)) return;
  stage.model.set("output", output);
  stage.model.save_changes();
}

/** The two workers, and what they have told so far. */

import script from "worker:./worker.ts";
import { NETWORKS, type NetworkName } from "../../core/networks.ts";
import type { News, Order, Point } from "./protocol.ts";
import { recipe, type State } from "./state.ts";

/** What is known of one network's run. */
export interface Runner {
  /** Null until its worker has answered. */
  news: News | null;
  points: Point[];
  /** The curve of the run before the present one. */
  before: Point[];
}

export type Runners = Record<NetworkName, Runner>;

const nobody = (): Runner => ({ news: null, points: [], before: [] });

export interface Race {
  readonly runners: Runners;
  /** Begin at step 0: `anew`, or if anything that a run is made of has changed. */
  prepare(state: State, anew?: boolean): void;
  /** The number of the present run. */
  run(): number;
  /** Train up to a step, each network from where it is. */
  train(until: number): void;
  /** One step of each network. */
  step(): void;
  /** Take the run before out of the picture. */
  forget(): void;
  pause(): void;
  tell(state: State): void;
}

/**
 * @param changed called when a worker has told something.
 * @param broken called with what is wrong, where the browser cannot train.
 */
export function race(
  signal: AbortSignal,
  changed: () => void,
  broken: (message: string) => void,
): Race {
  const runners: Runners = { convolutional: nobody(), "fully connected": nobody() };
  let workers: Worker[] = [];
  let run = 0;
  let made = "";
  let told = "";

  const hear = (news: News) => {
    if (news.run !== run) return;
    const runner = runners[news.network];
    runner.news = news;
    runner.points.push(...news.points);
    changed();
  };

  const open = () => {
    const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
    workers = NETWORKS.map(() => {
      const worker = new Worker(url);
      worker.addEventListener("message", ({ data }) => {
        if ("broken" in data) broken(data.broken);
        else hear(data);
      });
      worker.addEventListener("error", (event) => broken(event.message || "no worker starts"));
      return worker;
    });
    signal.addEventListener(
      "abort",
      () => {
        for (const worker of workers) worker.terminate();
        URL.revokeObjectURL(url);
      },
      { once: true },
    );
  };

  const order = (given: Order) => {
    for (const worker of workers) worker.postMessage(given);
  };

  return {
    runners,
    prepare(state, anew = false) {
      const wanted = JSON.stringify([state.seed, state.batch_size, state.permuted]);
      if (wanted === made && !anew) return;
      if (workers.length === 0) open();
      run += 1;
      for (const [i, network] of NETWORKS.entries()) {
        const runner = runners[network];
        // What has not been trained is nothing to compare with.
        if (runner.points.length > 2) runner.before = runner.points;
        runner.points = [];
        runner.news = null;
        const start = {
          network,
          seed: state.seed,
          batchSize: state.batch_size,
          permuted: state.permuted,
        };
        const { sample } = state;
        workers[i]!.postMessage({ type: "start", run, start, recipe: recipe(state), sample });
      }
      made = wanted;
      told = JSON.stringify([recipe(state), state.sample]);
    },
    run: () => run,
    step: () => order({ type: "step" }),
    forget() {
      for (const name of NETWORKS) runners[name].before = [];
    },
    train: (until) => order({ type: "train", until }),
    pause: () => order({ type: "pause" }),
    tell(state) {
      const wanted = JSON.stringify([recipe(state), state.sample]);
      if (wanted === told) return;
      told = wanted;
      order({ type: "recipe", recipe: recipe(state) });
      order({ type: "look", sample: state.sample });
    },
  };
}

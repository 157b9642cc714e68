/** How often what is drawn: news come from two sides, often, and no frame may be long. */

import type { Stage } from "../../ui/demo.ts";
import type { State } from "./state.ts";

const PICTURE_MS = 120;

/** A part of the picture that is drawn when what it shows has changed. */
export interface Part {
  draw(state: State): void;
  /** Draw it the next time in any case. */
  forget(): void;
}

export function pace(stage: Stage<State>) {
  /** How often there has been news, and how many pictures that made. */
  let news = 0;
  let pictures = 0;
  let coming = false;

  function show(): void {
    coming = false;
    pictures += 1;
    if (!stage.signal.aborted) stage.redraw();
  }

  return {
    /** There is news: while networks train, one picture for all of a while leaves the reader room. */
    told(): void {
      news += 1;
      const { training } = stage.state();
      if (!training) stage.redraw();
      else if (!coming) setTimeout(show, PICTURE_MS);
      coming = training;
    },

    /**
     * @param turn 0 or 1: while networks train, news is drawn in every second picture only.
     * @param shows all that the part shows but for the news.
     */
    part(draw: (state: State) => void, turn: number, shows: (state: State) => unknown): Part {
      let drawn = "";
      let known = -1;
      return {
        draw(state) {
          const wanted = JSON.stringify(shows(state));
          const due = known !== news && (!state.training || pictures % 2 === turn);
          if (wanted === drawn && !due) return;
          drawn = wanted;
          known = news;
          draw(state);
        },
        forget() {
          drawn = "";
        },
      };
    },
  };
}

/** Looks through the held-out scenes, a few at a time, for the next one that fails. */

import type { Stage } from "../../ui/demo.ts";
import { html, text } from "../../ui/dom.ts";
import { SCENE_LIMITS, type SceneState } from "./state.ts";

/** Milliseconds of looking before the page may draw. */
const SPELL_MS = 12;
const MOST = 500;

interface SearchOptions<S> {
  label: string;
  /** What is wrong with the scene of a state, in words; null where nothing is. */
  failure(state: S): string | null;
  /** Whether the network can be asked. */
  ready(state: S): boolean;
}

/** @returns a button, and what it says beside it. */
export function search<S extends SceneState>(stage: Stage<S>, options: SearchOptions<S>) {
  const button = html("button", { type: "button" }, options.label);
  const said = html("span", { class: "search-said" });
  let at: number | null = null;
  let looked = 0;

  const stop = (words: string) => {
    at = null;
    text(button, options.label);
    text(said, words);
  };
  const look = () => {
    if (at === null || stage.signal.aborted) return;
    const begun = performance.now();
    while (performance.now() - begun < SPELL_MS) {
      const index: number = (at! + 1) % (SCENE_LIMITS.index.max + 1);
      at = index;
      looked += 1;
      const state: S = { ...stage.state(), index, scene: null, selected: -1, source: "scene" };
      const failure = options.failure(state);
      if (failure !== null) {
        const tries = looked === 1 ? "the next one" : `${looked} looked at`;
        stop(`Scene ${index}: ${failure} (${tries}). “Copy link” keeps it.`);
        stage.update({ index, scene: null, selected: -1, source: "scene" } as Partial<S>);
        stage.announce(`Scene ${index}: ${failure}`);
        return;
      }
      if (looked >= MOST) {
        stop(`None among ${MOST} scenes.`);
        return stage.announce(`None among ${MOST} scenes`);
      }
    }
    text(said, `${looked} scenes looked at …`);
    setTimeout(look);
  };
  button.addEventListener(
    "click",
    () => {
      if (at !== null) return stop("Stopped.");
      if (!options.ready(stage.state())) return text(said, "The network is being loaded.");
      at = stage.state().index;
      looked = 0;
      text(button, "Stop");
      look();
    },
    { signal: stage.signal },
  );
  const element = html("div", { class: "course-field scene-search" }, button, said);
  return { element };
}

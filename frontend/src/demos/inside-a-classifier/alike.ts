/** The comparison with the trained network's picture: it costs a pass, so it waits for rest. */

import type { Stage } from "../../ui/demo.ts";
import { agreement, type Evidence, evidenceOf, type Said, saidOf } from "./evidence.ts";
import type { State } from "./state.ts";

const REST_MS = 120;

/** @returns the comparison for a state, or null and, when it is known, another drawing. */
export function comparer(stage: Stage<State>) {
  let known: { picture: string; drawn: Float32Array; alike: number | null } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const compare = () => {
    const state = stage.state();
    const said = saidOf(state);
    const here = said && evidenceOf(state, said);
    if (!said || !here || stage.signal.aborted) return;
    known = {
      picture: pictureOf(state, said),
      drawn: here.drawn,
      alike: agreement(state, said, here),
    };
    if (known.alike !== null) stage.redraw();
  };
  return (state: State, said: Said, here: Evidence): number | null => {
    if (state.weights === "trained" || here.known < here.values.length) return null;
    const same = known?.picture === pictureOf(state, said) && equal(known.drawn, here.drawn);
    if (same && known!.alike !== null) return known!.alike;
    clearTimeout(timer);
    timer = setTimeout(compare, REST_MS);
    return null;
  };
}

const pictureOf = ({ weights, explanation }: State, { target }: Said) =>
  `${weights} ${explanation} ${target}`;

function equal(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

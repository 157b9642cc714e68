/** Step, play and scrub through positions. */

import type { Stage } from "./demo.ts";
import { html, set, text } from "./dom.ts";

export interface TransportOptions {
  name: string;
  /** For the slider's name, for instance "Position". */
  label: string;
  /** What is stepped through, "position" by default, and the number of the first, 1 by default. */
  noun?: string;
  first?: number;
  /** Milliseconds from one to the next while it plays. */
  beat?: number | (() => number);
  go(position: number): void;
}

const BEAT_MS = 700;
const CONTROL = "button, input, textarea, label, summary, [tabindex='0'], [role='slider']";

/** @returns the row, the function that shows a position out of a count, and `stop`. */
export function transport<S>(stage: Stage<S>, options: TransportOptions) {
  const { signal } = stage;
  const { noun = "position", first = 1, beat = BEAT_MS } = options;
  const back = html("button", { type: "button", "aria-label": `One ${noun} back` }, "‹");
  const play = html("button", { type: "button", class: "course-play" }, "Play");
  const next = html("button", { type: "button", "aria-label": `One ${noun} on` }, "›");
  const slider = html("input", { type: "range", min: 0, step: 1, "aria-label": options.label });
  const slot = stage.slot(options.name, slider);
  const counter = html("output", { class: "course-counter", "aria-live": "off" });
  let at = 0;
  let count = 1;
  let timer: ReturnType<typeof setInterval> | undefined;
  // Where playing has got to: a window that stands elsewhere has been moved by another hand.
  let played = 0;

  const stop = () => {
    clearInterval(timer);
    timer = undefined;
    delete stage.root.dataset.playing;
    text(play, "Play");
  };
  const move = (position: number) => {
    played = position;
    options.go(position);
  };
  const tick = () => {
    // The next position would take the complaint away before it has been read.
    if (stage.problem() !== null) return stop();
    if (at + 1 < count) move(at + 1);
    if (at + 1 >= count) stop();
  };
  const toggle = () => {
    if (timer !== undefined) return stop();
    stage.complain(null);
    played = at;
    if (at + 1 >= count) move(0);
    timer = setInterval(tick, typeof beat === "function" ? beat() : beat);
    stage.root.dataset.playing = "true";
    text(play, "Pause");
  };
  const jump = (position: number) => {
    stop();
    if (position >= 0 && position < count) options.go(position);
  };
  back.addEventListener("click", () => jump(at - 1), { signal });
  next.addEventListener("click", () => jump(at + 1), { signal });
  play.addEventListener("click", toggle, { signal });
  slider.addEventListener("input", () => jump(Number(slider.value)), { signal });
  signal.addEventListener("abort", stop, { once: true });
  // Whoever turns to another control wants the picture to hold still.
  const turned = ({ target }: Event) => {
    if (timer === undefined || element.contains(target as Node)) return;
    if ((target as Element).closest(CONTROL)) stop();
  };
  for (const event of ["focusin", "pointerdown", "input"]) {
    stage.root.addEventListener(event, turned, { signal, capture: true });
  }

  const show = (position: number, positions: number) => {
    at = position;
    count = positions;
    if (position !== played) stop();
    set(slider, {
      max: Math.max(positions - 1, 1),
      "aria-valuetext": `${position + first} of ${positions - 1 + first}`,
    });
    if (slider.value !== String(position)) slider.value = String(position);
    slider.disabled = positions < 2;
    // A disabled button would drop the focus of the reader who has just pressed it.
    set(back, { "aria-disabled": position === 0 ? "true" : null });
    set(next, { "aria-disabled": position + 1 >= positions ? "true" : null });
    text(counter, `${noun} ${position + first} of ${positions - 1 + first}`);
  };
  const element = html(
    "div",
    { class: "course-field course-transport" },
    html("div", { class: "course-buttons" }, back, play, next),
    slider,
    counter,
    slot,
  );
  return { element, show, stop };
}

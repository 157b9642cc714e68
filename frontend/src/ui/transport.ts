/** Step, play and scrub through positions. */

import type { Stage } from "./demo.ts";
import { html, set, text } from "./dom.ts";

export interface TransportOptions {
  name: string;
  /** For the slider's name, for instance "Position". */
  label: string;
  go(position: number): void;
}

const BEAT_MS = 700;

/** @returns the row, the function that shows a position out of a count, and `stop`. */
export function transport<S>(stage: Stage<S>, options: TransportOptions) {
  const { signal } = stage;
  const slot = stage.slot(options.name);
  const back = html("button", { type: "button", "aria-label": "One position back" }, "‹");
  const play = html("button", { type: "button", class: "course-play" }, "Play");
  const next = html("button", { type: "button", "aria-label": "One position on" }, "›");
  const slider = html("input", { type: "range", min: 0, step: 1, "aria-label": options.label });
  const counter = html("output", { class: "course-counter", "aria-live": "off" });
  let at = 0;
  let count = 1;
  let timer: ReturnType<typeof setInterval> | undefined;

  const stop = () => {
    clearInterval(timer);
    timer = undefined;
    delete stage.root.dataset.playing;
    text(play, "Play");
  };
  const tick = () => {
    if (at + 1 < count) options.go(at + 1);
    if (at + 1 >= count) stop();
  };
  const toggle = () => {
    if (timer !== undefined) return stop();
    if (at + 1 >= count) options.go(0);
    timer = setInterval(tick, BEAT_MS);
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

  const show = (position: number, positions: number) => {
    at = position;
    count = positions;
    set(slider, {
      max: Math.max(positions - 1, 1),
      "aria-valuetext": `${position + 1} of ${positions}`,
    });
    slider.value = String(position);
    slider.style.setProperty("--at", String(position / Math.max(positions - 1, 1)));
    slider.disabled = positions < 2;
    back.disabled = position === 0;
    next.disabled = position + 1 >= positions;
    text(counter, `position ${position + 1} of ${positions}`);
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

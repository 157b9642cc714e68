/** A live region that speaks at most twice a second: a dragged value would flood a screen reader. */

import { html, text } from "./dom.ts";

const PAUSE_MS = 500;

export function announcer(root: HTMLElement, signal: AbortSignal): (message: string) => void {
  const region = html("div", { class: "course-announcer", "aria-live": "polite", role: "status" });
  root.append(region);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting = "";
  signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  return (message) => {
    waiting = message;
    if (timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      text(region, waiting);
    }, PAUSE_MS);
  };
}

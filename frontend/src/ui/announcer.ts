/** A live region that speaks at most twice a second: a dragged value would flood a screen reader. */

import { html, text } from "./dom.ts";

const PAUSE_MS = 500;
/** How long the region stays empty before it says the same once more. */
const SILENCE_MS = 50;

export interface Announcer {
  /** Something has happened: said once, whatever comes after it. */
  say(message: string): void;
  /** What now holds: of several only the newest is said, after what has happened. */
  tell(message: string): void;
}

export function announcer(root: HTMLElement, signal: AbortSignal): Announcer {
  const region = html("div", { class: "course-announcer", "aria-live": "polite", role: "status" });
  root.append(region);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const events = new Set<string>();
  let state = "";
  signal.addEventListener("abort", () => clearTimeout(timer), { once: true });

  const speak = () => {
    timer = undefined;
    const message = joined([...events, state]);
    events.clear();
    state = "";
    if (region.textContent !== message) return text(region, message);
    // A region that does not change is not read out: what is said again must first be gone.
    text(region, "");
    timer = setTimeout(() => {
      timer = undefined;
      text(region, message);
      if (events.size > 0 || state !== "") later();
    }, SILENCE_MS);
  };
  const later = () => {
    timer ??= setTimeout(speak, PAUSE_MS);
  };
  return {
    say(message) {
      if (message !== "") events.add(message);
      later();
    },
    tell(message) {
      state = message;
      later();
    },
  };
}

/** Messages as one text, each ended by a full stop if another follows. */
function joined(messages: readonly string[]): string {
  const said = messages.filter((message) => message !== "");
  return said
    .map((m, i) => (i < said.length - 1 ? m.trimEnd().replace(/[^.!?]$/, "$&.") : m))
    .join(" ");
}

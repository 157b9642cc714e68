/** The demo's state as code that runs; pointing at a line marks what it speaks of. */

import { copyButton } from "./actions.ts";
import type { Stage } from "./demo.ts";
import { html, list, set, text } from "./dom.ts";

export interface CodeLine {
  code: string;
  /** What the line speaks of: the picture's root carries it as data-marked while pointed at. */
  about?: string;
}

/** @returns the panel, and the function that shows lines in it. */
export function codePanel<S>(stage: Stage<S>, title: string) {
  let shown: readonly CodeLine[] = [];
  const whole = () => `${shown.map((line) => line.code).join("\n")}\n`;
  const lines = html("code", {});
  const mark = (target: EventTarget | null) => {
    const about = (target as Element | null)?.closest("[data-about]")?.getAttribute("data-about");
    set(stage.root, { "data-marked": about ?? null });
  };
  const { signal } = stage;
  lines.addEventListener("pointerover", (event) => mark(event.target), { signal });
  lines.addEventListener("pointerleave", () => mark(null), { signal });
  lines.addEventListener("focusin", (event) => mark(event.target), { signal });
  lines.addEventListener("focusout", () => mark(null), { signal });
  const panel = html(
    "details",
    { class: "course-code" },
    html("summary", {}, title),
    html("pre", { tabindex: 0, role: "region", "aria-label": title }, lines),
    copyButton(stage, "Copy as PyTorch", whole),
  );
  const show = (code: readonly CodeLine[]) => {
    shown = code;
    if (!panel.open) return;
    list(
      lines,
      code,
      () => html("span", { class: "course-code-line" }),
      (line, { code: written, about }) => {
        text(line, `${written}\n`);
        set(line, { "data-about": about ?? null, tabindex: about ? 0 : null });
      },
    );
  };
  panel.addEventListener("toggle", () => show(shown), { signal });
  return { element: panel, show };
}

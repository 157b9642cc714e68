/**
 * The demo's state as code that runs. Pointing at a line marks what it speaks of; where the panel
 * has the focus, the up and down keys go from one such line to the next.
 */

import { copyButton } from "./actions.ts";
import type { Stage } from "./demo.ts";
import { html, list, set, text } from "./dom.ts";

export interface CodeLine {
  code: string;
  /** What the line speaks of: the picture's root carries it as data-marked while pointed at. */
  about?: string;
}

/**
 * @returns the panel, and the function that shows lines in it. They may hold every value of a
 * picture, so they are written only while somebody can read them.
 */
export function codePanel<S>(stage: Stage<S>, title: string, copy = "Copy as PyTorch") {
  let written: () => readonly CodeLine[] = () => [];
  const whole = () =>
    `${written()
      .map((line) => line.code)
      .join("\n")}\n`;
  const lines = html("code", {});
  let marked: Element | null = null;
  const mark = (line: Element | null) => {
    if (marked) set(marked, { "data-current": null });
    marked = line;
    if (marked) set(marked, { "data-current": true });
    set(stage.root, { "data-marked": marked?.getAttribute("data-about") ?? null });
  };
  const move = (event: KeyboardEvent) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const stops = [...lines.querySelectorAll("[data-about]")];
    const from = marked ? stops.indexOf(marked) : by > 0 ? -1 : stops.length;
    const line = stops[from + by];
    if (!line) return;
    mark(line);
    stage.announce(line.textContent ?? "");
  };
  const { signal } = stage;
  // Several demos of a page may stand open: each region has a name of its own.
  const name = [title, stage.model.get("title")].filter(Boolean).join(": ");
  const box = html("pre", { tabindex: 0, role: "region", "aria-label": name }, lines);
  const pointed = ({ target }: Event) => mark((target as Element).closest("[data-about]"));
  lines.addEventListener("pointerover", pointed, { signal });
  lines.addEventListener("pointerleave", () => mark(null), { signal });
  box.addEventListener("keydown", move, { signal });
  box.addEventListener("blur", () => mark(null), { signal });
  const panel = html(
    "details",
    { class: "course-code" },
    html("summary", {}, title),
    box,
    copyButton(stage, copy, whole),
  );
  const draw = () => {
    if (!panel.open) return;
    list(
      lines,
      written(),
      () => html("span", { class: "course-code-line" }),
      (line, { code, about }) => {
        text(line, `${code}\n`);
        set(line, { "data-about": about ?? null });
      },
    );
  };
  const show = (write: () => readonly CodeLine[]) => {
    written = write;
    draw();
  };
  panel.addEventListener("toggle", draw, { signal });
  return { element: panel, show };
}

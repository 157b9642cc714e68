/** Reset, and ways to take a state elsewhere. */

import { equal } from "../core/equal.ts";
import type { Stage } from "./demo.ts";
import { html, text } from "./dom.ts";

const THANKS_MS = 2000;

/** A button that puts a text on the clipboard, and says that it did. */
export function copyButton<S>(stage: Stage<S>, label: string, content: () => string) {
  const button = html("button", { type: "button", class: "course-action" }, label);
  const shelf = html("textarea", {
    class: "course-shelf",
    readonly: true,
    hidden: true,
    "aria-label": `${label}: the text to copy`,
  });
  const copied = () => {
    text(button, "Copied");
    stage.announce("Copied");
    setTimeout(() => text(button, label), THANKS_MS);
  };
  // Without permission to write to the clipboard the text is shown, selected, to copy by hand.
  const offer = () => {
    shelf.value = content();
    shelf.hidden = false;
    shelf.focus();
    shelf.select();
  };
  button.addEventListener(
    "click",
    () => {
      const written = navigator.clipboard?.writeText(content());
      if (written) written.then(copied, offer);
      else offer();
    },
    { signal: stage.signal },
  );
  return html("span", { class: "course-copy" }, button, shelf);
}

/**
 * The last line of every demo's controls: back to where it began, and away with its state.
 *
 * @param className the demo's class in Python.
 * @param keys the traits that a link or a line of Python writes.
 * @param before called before a reset.
 */
export function actions<S extends object>(
  stage: Stage<S>,
  className: string,
  keys: readonly (keyof S & string)[],
  before?: () => void,
) {
  return html(
    "div",
    { class: "course-actions" },
    resetButton(stage, before),
    stateButton(stage, className, keys),
    stage.slot("link"),
  );
}

/** Back to the state that the author gave. */
export function resetButton<S extends object>(stage: Stage<S>, before?: () => void) {
  const button = html("button", { type: "button", class: "course-action" }, "Reset");
  button.addEventListener(
    "click",
    () => {
      before?.();
      stage.complain(null);
      stage.update(stage.initial);
      stage.announce("Reset");
    },
    { signal: stage.signal },
  );
  return button;
}

/**
 * A link to the present state in the published book, a line of Python in a notebook: there the
 * page's address leads nowhere that another reader can go.
 */
export function stateButton<S extends object>(
  stage: Stage<S>,
  className: string,
  keys: readonly (keyof S & string)[],
) {
  const changed = () => {
    const state = stage.state();
    return keys.filter((key) => !equal(state[key], stage.initial[key]));
  };
  if (stage.root.dataset.host === "static") {
    return copyButton(stage, "Copy link", () => {
      const query = new URLSearchParams({ demo: stage.root.id });
      for (const key of changed()) query.set(key, JSON.stringify(stage.state()[key]));
      const here = new URL(location.href);
      here.hash = query.toString();
      return here.href;
    });
  }
  return copyButton(stage, "Copy as Python", () => {
    const state = stage.state();
    const given = keys.filter((key) => state[key] !== null);
    return `${className}(${given.map((key) => `${key}=${python(state[key])}`).join(", ")})`;
  });
}

/** A JSON value as Python writes it. */
export function python(value: unknown): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  if (value === null) return "None";
  if (Array.isArray(value)) return `[${value.map(python).join(", ")}]`;
  return JSON.stringify(value);
}

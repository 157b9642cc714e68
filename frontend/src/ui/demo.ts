/**
 * What every demo has in common: its state lives in the model only, an impossible state never
 * reaches the picture, and what the page computes is written back as a trait.
 */

import type { AnyModel, RenderProps } from "@anywidget/types";
import { equal } from "../core/equal.ts";
import { announcer } from "./announcer.ts";
import { onFrame } from "./environment.ts";
import { type Problem, problemSlots } from "./problems.ts";

type Traits = Record<string, unknown>;

/** What a demo's `build` gets to work with. */
export interface Stage<S> {
  root: HTMLElement;
  model: AnyModel;
  /** Aborted when the demo leaves the page: hand it to every listener. */
  signal: AbortSignal;
  /** An id that is unique on the page, for labels and descriptions. */
  id(name: string): string;
  /** The last valid state. */
  state(): S;
  /** The state that the notebook's author gave, to which Reset returns. */
  initial: S;
  /** Change the state; an impossible one is refused in words and changes nothing. */
  update(change: Partial<S>): boolean;
  /** Say what is wrong beside the control of that name, or that nothing is. */
  complain(problem: Problem | null): void;
  /** The complaint that shows, or null. */
  problem(): Problem | null;
  /** The place beside a control where a complaint about it appears; `field` is what it marks. */
  slot(control: string, field?: Element): HTMLElement;
  /**
   * Tell a screen reader, not more than twice a second. What is said while a state is drawn tells
   * of that state, so only the newest is said; all else is an event, and is said in any case.
   */
  announce(message: string): void;
  /** Announce what a state that is drawn comes to: not at first, and then only what has changed. */
  narrate(message: string): void;
  /** Draw again although the state is the same (the width has changed, say). */
  redraw(): void;
}

export interface DemoDefinition<S extends object> {
  name: string;
  /** The traits that make up the state. */
  keys: readonly (keyof S & string)[];
  /** Those of them that a link may set: all, unless said otherwise. */
  linkable?: readonly (keyof S & string)[];
  /** Make a candidate consistent (a position that no longer exists, say), given the states before. */
  settle?(candidate: S, before: { last: S; initial: S } | null): S;
  /** What makes a candidate impossible, or null. */
  check(candidate: S): Problem | null;
  /** Traits that the page computes from a valid state. */
  derive?(state: S): Traits;
  /** Build the elements once; returns the function that draws a state into them. */
  build(stage: Stage<S>): (state: S) => void;
}

/** Where the static host leaves word of a link: why it could not be read, or "" once followed. */
export const LINK_PROBLEM = "link_problem";

let made = 0;

/** The front-end module (AFM) of a demo. */
export function defineDemo<S extends object>(definition: DemoDefinition<S>) {
  return {
    name: definition.name,
    keys: definition.keys,
    linkable: definition.linkable ?? definition.keys,
    render({ model, el, signal }: RenderProps): () => void {
      const controller = new AbortController();
      // Hosts older than the present interface pass no signal.
      signal?.addEventListener("abort", () => controller.abort(), { once: true });
      mount(definition, model, el, controller.signal);
      return () => controller.abort();
    },
  };
}

function mount<S extends object>(
  definition: DemoDefinition<S>,
  model: AnyModel,
  el: HTMLElement,
  signal: AbortSignal,
): void {
  const { keys, check, derive } = definition;
  const root = rootOf(el, definition.name);
  root.replaceChildren();
  const prefix = root.id || `${definition.name}-${++made}`;
  const slots = problemSlots((name) => `${prefix}-${name}`);
  const { say, tell } = announcer(root, signal);

  const read = () => Object.fromEntries(keys.map((key) => [key, model.get(key)])) as S;
  let valid: S | null = null;
  let initial: S | null = null;
  const settle = (candidate: S) => {
    const before = valid && initial ? { last: valid, initial } : null;
    return definition.settle?.(candidate, before) ?? candidate;
  };
  let writing = false;
  let drawn = false;
  let drawing = false;
  let stale = false;

  const write = (values: Traits) => {
    writing = true;
    let changed = false;
    for (const [key, value] of Object.entries(values)) {
      if (equal(model.get(key), value)) continue;
      model.set(key, value);
      changed = true;
    }
    writing = false;
    if (changed) model.save_changes();
  };

  const adopt = (state: S) => {
    valid = state;
    slots.show(null);
    write({ ...state, ...derive?.(state) });
    redraw();
  };

  /** Draw at once, since the browser waits for its next frame anyway; but once a frame only. */
  const redraw = () => {
    stale = drawn;
    if (drawn) return;
    drawn = true;
    drawing = true;
    if (valid) draw(valid);
    drawing = false;
    onFrame(() => {
      drawn = false;
      if (stale && !signal.aborted) redraw();
    });
  };

  /** A change from outside: from Python, a link, another widget. */
  const changed = () => {
    if (writing || signal.aborted) return;
    const candidate = settle(read());
    if (check(candidate) === null) adopt(candidate);
    // Several traits may be on their way: judge an impossible state when all have arrived.
    else queueMicrotask(refuseIfStillImpossible);
  };

  const refuseIfStillImpossible = () => {
    const problem = check(settle(read()));
    if (problem === null || valid === null) return;
    write(valid as Traits);
    slots.show(problem);
    say(problem.message);
  };

  const first = settle(read());
  const problem = check(first);
  if (problem !== null) {
    root.append(problem.message);
    return;
  }
  valid = first;
  initial = first;

  const announce = (message: string) => (drawing ? tell : say)(message);
  let narrated: string | null = null;

  const stage: Stage<S> = {
    root,
    model,
    signal,
    id: (name) => `${prefix}-${name}`,
    state: () => valid as S,
    initial: first,
    update(change) {
      const candidate = settle({ ...(valid as S), ...change });
      const refused = check(candidate);
      if (refused === null) adopt(candidate);
      else {
        stage.complain(refused);
        // The control that asked shows what was refused: bring it back to what holds.
        redraw();
      }
      return refused === null;
    },
    complain(refused) {
      slots.show(refused);
      if (refused) say(refused.message);
    },
    problem: slots.present,
    slot: slots.slot,
    announce,
    narrate(message) {
      if (narrated !== null && message !== narrated) announce(message);
      narrated = message;
    },
    redraw,
  };

  const draw = definition.build(stage);
  write(derive?.(first) ?? {});
  draw(first);
  /** A link has been followed, or cannot be read; only the static host knows of links. */
  const linked = () => {
    const message = model.get(LINK_PROBLEM);
    stage.complain(message ? { control: "link", message: String(message) } : null);
    if (message !== "") return;
    const title = String(model.get("title") ?? "This demo");
    // A state that is impossible is refused before this is said.
    queueMicrotask(() => {
      if (slots.present() === null) say(`${title}: state from the link.`);
    });
  };
  const handlers: [string, () => void][] = keys.map((key) => [`change:${key}`, changed]);
  handlers.push([`change:${LINK_PROBLEM}`, linked]);
  for (const [event, handler] of handlers) model.on(event, handler);
  signal.addEventListener("abort", () => {
    for (const [event, handler] of handlers) model.off(event, handler);
  });

  Object.assign(root, { model });
  onFrame(() => {
    root.dataset.ready = "true";
  });
}

/** The static book's container is the root itself; Jupyter gives an empty element to fill. */
function rootOf(el: HTMLElement, name: string): HTMLElement {
  if (el.classList.contains("course-demo")) return el;
  const root = document.createElement("div");
  root.className = "course-demo";
  root.dataset.demo = name;
  el.append(root);
  return root;
}

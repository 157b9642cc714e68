/** What is wrong, said beside the control that it concerns. */

import { html, set, text } from "./dom.ts";

export interface Problem {
  /** The trait, and so the control, that must change. */
  control: string;
  /** One sentence for a reader. */
  message: string;
}

interface Slot {
  place: HTMLElement;
  /** What a complaint here is about; a place for links, say, has none. */
  field: Element | null;
}

/** One place for a complaint beside each control; at most one complaint shows at a time. */
export function problemSlots(id: (name: string) => string) {
  const slots = new Map<string, Slot>();
  let shown: Problem | null = null;
  let marked: Slot | null = null;

  const slot = (control: string, field: Element | null = null): HTMLElement => {
    const known = slots.get(control);
    if (known) {
      known.field ??= field;
      return known.place;
    }
    const place = html("p", {
      class: "course-problem",
      id: id(`${control}-problem`),
      hidden: true,
    });
    slots.set(control, { place, field });
    return place;
  };

  const clear = ({ place, field }: Slot) => {
    text(place, "");
    place.hidden = true;
    if (field) set(field, { "aria-invalid": null, "aria-describedby": null });
  };

  const show = (problem: Problem | null): void => {
    shown = problem;
    const own = problem && slots.get(problem.control);
    // A complaint about what has no place of its own shows at the first, and accuses no field.
    const first = slots.values().next().value;
    const next = problem && (own ?? (first ? { ...first, field: null } : null));
    if (marked && (marked.place !== next?.place || marked.field !== next?.field)) clear(marked);
    marked = next ?? null;
    if (!marked) return;
    text(marked.place, problem!.message);
    marked.place.hidden = false;
    if (!marked.field) return;
    set(marked.field, { "aria-invalid": "true", "aria-describedby": marked.place.id });
  };

  /** The complaint that shows, or null. */
  const present = () => shown;
  return { slot, show, present };
}

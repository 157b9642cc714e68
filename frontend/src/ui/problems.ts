/** What is wrong, said beside the control that it concerns. */

import { html, text } from "./dom.ts";

export interface Problem {
  /** The trait, and so the control, that must change. */
  control: string;
  /** One sentence for a reader. */
  message: string;
}

/** One place for a complaint beside each control; at most one complaint shows at a time. */
export function problemSlots(id: (name: string) => string) {
  const slots = new Map<string, HTMLElement>();
  const slot = (control: string): HTMLElement => {
    const known = slots.get(control);
    if (known) return known;
    const made = html("p", { class: "course-problem", id: id(`${control}-problem`), hidden: true });
    slots.set(control, made);
    return made;
  };
  return {
    slot,
    show(problem: Problem | null): void {
      const target = problem && (slots.get(problem.control) ?? slots.values().next().value);
      for (const place of slots.values()) {
        const message = place === target ? problem!.message : "";
        if (message === place.textContent) continue;
        text(place, message);
        place.hidden = message === "";
        // The field that names this place as its description, or else the only one there is.
        const fields = [...(place.parentElement?.querySelectorAll("input") ?? [])];
        const described = (input: Element) => input.getAttribute("aria-describedby") === place.id;
        const field = fields.find(described) ?? fields[0];
        if (message) field?.setAttribute("aria-invalid", "true");
        else field?.removeAttribute("aria-invalid");
      }
    },
  };
}

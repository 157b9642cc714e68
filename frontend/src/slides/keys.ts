/** Who a key press is for: the deck, or the demo that has the focus. */

export type Addressee = "deck" | "page" | "leave";

/** What of an element matters here. */
export interface Focused {
  tagName: string;
  closest(selector: string): unknown;
}

/** A presenter's remote control sends these, and must move on wherever the focus is. */
const REMOTE = ["PageUp", "PageDown"];

/**
 * While a demo has the focus its keys are its own: arrows move a slider and Space presses a button.
 * Escape gives them back to the deck. What a demo has answered to is nobody else's.
 */
export function addressee(
  { key, defaultPrevented }: { key: string; defaultPrevented: boolean },
  focused: Focused | null,
): Addressee {
  if (defaultPrevented) return "page";
  if (focused?.closest(".course-demo")) {
    if (key === "Escape") return "leave";
    return REMOTE.includes(key) ? "deck" : "page";
  }
  // Space follows a link or presses a button, as everywhere.
  if (key === " " && /^(a|button|summary|select)$/i.test(focused?.tagName ?? "")) return "page";
  return "deck";
}

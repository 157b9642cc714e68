/** Whether a reader can see an element: it is in the viewport, and the page is the one in front. */

import { interactive } from "../../ui/environment.ts";

export function whenSeen(
  element: Element,
  signal: AbortSignal,
  changed: (seen: boolean) => void,
): void {
  if (!interactive()) return;
  let within = false;
  let told = false;
  const tell = () => {
    const seen = within && !document.hidden;
    if (seen === told) return;
    told = seen;
    changed(seen);
  };
  document.addEventListener("visibilitychange", tell, { signal });
  const observer = new IntersectionObserver((entries) => {
    within = entries.at(-1)?.isIntersecting ?? false;
    tell();
  });
  observer.observe(element);
  signal.addEventListener("abort", () => observer.disconnect(), { once: true });
}

/**
 * Follows a reader through a chapter: a section is seen once its heading, and read once its end,
 * has been in view for a second. Whoever only scrolls past has not read.
 */

import { headingOf, keepReading, NOTHING, type Reading, recallReading } from "./record.ts";

const DWELL_MS = 1000;
/** An end this near to the window's top, of its height, belongs to a jump to the next section. */
const UPPERMOST = 0.25;
/** Pixels of an end that may still be missing: half a line. */
const NEARLY = 16;
const STEPS = Array.from({ length: 21 }, (_, step) => step / 20);

export function follow(changed: () => void): void {
  const sections = [...document.querySelectorAll(".bd-article > section > section[id]")];
  const known = new Set(sections.map(({ id }) => id));
  const path = location.pathname;

  const note = (section: Element, what: "seen" | "finished") => {
    // Read anew: another window may have written meanwhile.
    const before = recallReading(path) ?? NOTHING;
    // A section that the chapter has lost since is not counted any more.
    const still = (ids: readonly string[]) => ids.filter((id) => known.has(id));
    const after: Reading = {
      seen: still(before.seen),
      finished: still(before.finished),
      of: sections.length,
      at: section.id,
      heading: headingOf(section.firstElementChild?.firstChild?.textContent ?? ""),
      when: Date.now(),
    };
    if (!after[what].includes(section.id)) after[what].push(section.id);
    keepReading(path, after);
    changed();
  };

  const waiting = new Map<Element, ReturnType<typeof setTimeout>>();
  const watch = (
    isThere: (entry: IntersectionObserverEntry) => boolean,
    reached: (of: Element) => void,
  ) =>
    new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          const { target } = entry;
          if (!isThere(entry)) {
            clearTimeout(waiting.get(target));
            waiting.delete(target);
          } else if (!waiting.has(target)) {
            const look = () => {
              // A page in a hidden tab is not read: it waits until it is looked at.
              if (document.hidden) waiting.set(target, setTimeout(look, DWELL_MS));
              else reached(target);
            };
            waiting.set(target, setTimeout(look, DWELL_MS));
          }
        }
      },
      { threshold: STEPS },
    );

  const heads = watch(
    ({ isIntersecting }) => isIntersecting,
    (head) => note(head.parentElement as Element, "seen"),
  );
  const ends = watch(
    ({ isIntersecting, boundingClientRect: { bottom }, rootBounds }) => {
      const height = rootBounds?.height ?? innerHeight;
      return isIntersecting && bottom <= height + NEARLY && bottom >= UPPERMOST * height;
    },
    (end) => note(end.parentElement as Element, "finished"),
  );
  for (const { firstElementChild: head, lastElementChild: end } of sections) {
    if (head) heads.observe(head);
    if (end && end !== head) ends.observe(end);
  }
}

/** Marks in the list of chapters, and the way back to where the reader left off: text, never markup. */

import { html, set } from "../ui/dom.ts";
import { type Reading, recallReading } from "./record.ts";

const chapters = () =>
  document.querySelectorAll<HTMLAnchorElement>("nav.bd-docs-nav a.reference.internal");

export const isFinished = ({ finished, of }: Reading) => of > 0 && finished.length >= of;

/** A sign beside each chapter that has been begun; it takes no room that was not free. */
export function markChapters(): void {
  for (const link of chapters()) {
    const reading = recallReading(link.pathname);
    if (!reading) continue;
    const { finished, of } = reading;
    const says = isFinished(reading) ? "read" : `${finished.length} of ${of} sections read`;
    set(link, { "data-reading": isFinished(reading) ? "read" : "begun" });
    const said =
      link.querySelector(".course-said") ??
      link.appendChild(html("span", { class: "course-said" }));
    said.textContent = ` (${says})`;
  }
}

/** On the first page: a link to the section that was in view last, in any chapter. */
export function offerToContinue(): void {
  const place = document.querySelector(".course-continue");
  if (!place) return;
  let last: { link: HTMLAnchorElement; reading: Reading } | null = null;
  for (const link of chapters()) {
    const reading = recallReading(link.pathname);
    if (reading && reading.when > (last?.reading.when ?? 0)) last = { link, reading };
  }
  if (!last) return;
  const { link, reading } = last;
  const title = link.firstChild?.textContent ?? "";
  const where = html("a", {}, reading.heading ? `${title}: ${reading.heading}` : title);
  where.href = link.pathname + (reading.at ? `#${encodeURIComponent(reading.at)}` : "");
  place.replaceChildren("Continue where you left off: ", where);
}

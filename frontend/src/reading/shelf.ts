/** The part of "Your reading" that keeps the whole book for when there is no connection. */

import { html, text } from "../ui/dom.ts";
import { type BookFiles, fetchList } from "./offline/files.ts";
import { dropKept, keepWholeBook, keptBytes } from "./offline/whole-book.ts";

export function shelf(root: URL): HTMLElement {
  const says = html("p", { role: "status" });
  const progress = html("progress", { max: 1, value: 0, "aria-label": "The whole book" });
  const keep = button("Keep the whole book");
  const cancel = button("Cancel");
  const drop = button("Remove what is kept");
  const actions = html("p", { class: "course-reading-actions" }, keep, cancel, drop);
  const element = html("div", { class: "course-shelf" }, says, progress, actions);
  const show = (busy: boolean, possible = true) => {
    progress.hidden = cancel.hidden = !busy;
    keep.hidden = drop.hidden = busy || !possible;
  };
  show(false, false);

  if (!location.protocol.startsWith("http")) {
    text(says, "You read the book from disk: all of it is there without a connection.");
    return element;
  }
  if (!("serviceWorker" in navigator) || !("caches" in globalThis)) {
    text(says, "This browser, or this address, which is not HTTPS, keeps no pages.");
    return element;
  }
  let stop = new AbortController();
  const settle = async (list: BookFiles) => {
    const size = total(list);
    const kept = await keptBytes(list, root);
    const whole = kept === size;
    text(
      says,
      whole
        ? `The whole book is kept in this browser: ${megabytes(size)}.`
        : `Pages that you visit are kept. The whole book takes ${megabytes(size)}, of which ${megabytes(kept)} are here.`,
    );
    show(false);
    keep.hidden = whole;
  };
  const start = async (list: BookFiles) => {
    stop = new AbortController();
    const size = total(list);
    show(true);
    cancel.focus();
    text(says, `Keeping the whole book, ${megabytes(size)} …`);
    const said = await keepWholeBook(list, root, stop.signal, (bytes) => {
      progress.value = bytes / size;
    }).then(
      () => "",
      (error: unknown) => (stop.signal.aborted ? "Cancelled. " : `${explain(error)} `),
    );
    // One that failed ends the others too.
    stop.abort();
    await settle(list);
    if (said) text(says, said + says.textContent);
    (keep.hidden ? drop : keep).focus();
  };
  let list: BookFiles | null = null;
  keep.addEventListener("click", () => list && start(list));
  cancel.addEventListener("click", () => stop.abort());
  drop.addEventListener("click", async () => {
    await dropKept(root);
    if (list) await settle(list);
    keep.focus();
  });
  text(says, "Looking at what is kept …");
  fetchList(root)
    .then(async (found) => {
      list = found.list;
      await settle(list);
    })
    .catch(() => text(says, "There is no connection: what you have kept is here."));
  return element;
}

const button = (label: string) => html("button", { type: "button" }, label);

const total = ({ files }: BookFiles) => files.reduce((sum, { size }) => sum + size, 0);

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)}\u00a0MB`;

function explain(error: unknown): string {
  const { name, message } = Object(error) as Partial<Error>;
  if (name === "QuotaExceededError") return "There is no room for more in this browser.";
  // A browser's own words for a lost connection tell a reader nothing.
  return name === "TypeError" ? "The connection was lost." : String(message);
}

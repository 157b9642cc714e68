/** The page "Your reading": progress, answers, a file of one's own, and the book without a connection. */

import { save } from "../demos/inventory/taking.ts";
import { html, text } from "../ui/dom.ts";
import { remembers } from "../ui/memory.ts";
import { eraseAll } from "./erasing.ts";
import { gather, LONGEST_FILE, restore, UnreadableFileError, write } from "./file.ts";
import { progressOf } from "./progress.ts";
import { bookRoot } from "./root.ts";
import { shelf } from "./shelf.ts";

const REFUSED =
  "This browser refuses to remember anything here, or has no room left: all else works, and what you answer lasts as long as the page is open.";

function build(place: HTMLElement): void {
  const root = bookRoot();
  const outline = globalThis.courseOutline ?? [];
  const chapters = html("ul", { class: "course-chapters" });
  const says = html("p", { role: "status" });
  const draw = () => chapters.replaceChildren(...outline.map((one) => progressOf(one, root)));

  const take = html("button", { type: "button" }, "Save as a file");
  const file = html("input", {
    type: "file",
    accept: ".json,application/json",
    id: "reading-file",
  });
  const bring = html("label", { for: file.id }, "Bring in a file");
  const erase = html("button", { type: "button" }, "Erase everything");
  take.addEventListener("click", () => {
    save("your-reading.json", write(gather(outline, root)));
    text(says, "Saved as your-reading.json.");
  });
  file.addEventListener("change", async () => {
    const chosen = file.files?.[0];
    if (!chosen) return;
    text(says, await bringIn(chosen));
    file.value = ""; // so that the same file may be chosen again
    draw();
  });
  const sure = askFirst(() => {
    eraseAll(outline, root);
    draw();
    text(says, "Erased. The book starts anew.");
  });
  erase.addEventListener("click", () => sure.showModal());

  async function bringIn(chosen: File): Promise<string> {
    try {
      // A letter has at least a byte, and at most three: what is longer need not be read.
      if (chosen.size > 3 * LONGEST_FILE) throw new UnreadableFileError("The file is too long.");
      const { taken, left } = restore(await chosen.text(), outline, root);
      const rest = left > 0 ? ` ${left} did not fit this book, and were left out.` : "";
      return `${taken} ${taken === 1 ? "entry was" : "entries were"} brought in.${rest}`;
    } catch (error) {
      return error instanceof UnreadableFileError ? error.message : "The file cannot be read.";
    }
  }

  draw();
  place.replaceChildren(
    remembers() ? "" : html("p", { class: "course-refused" }, REFUSED),
    html("h2", {}, "Chapter by chapter"),
    chapters,
    html("p", { class: "course-reading-actions" }, take, bring, file, erase),
    says,
    sure,
    html("h2", {}, "Without a connection"),
    shelf(root),
  );
  // What another window answers shows here at once.
  addEventListener("storage", draw);
  addEventListener("pageshow", draw);
}

/** A dialogue that asks before it erases. */
function askFirst(erase: () => void): HTMLDialogElement {
  const yes = html("button", { type: "button" }, "Erase everything");
  const no = html("button", { type: "button", autofocus: true }, "Keep it");
  const dialog = html(
    "dialog",
    { class: "course-sure", "aria-labelledby": "course-sure-asks" },
    html(
      "p",
      { id: "course-sure-asks" },
      "Erase all answers and all progress from this browser? This cannot be undone; a saved file stays.",
    ),
    html("p", { class: "course-reading-actions" }, no, yes),
  );
  no.addEventListener("click", () => dialog.close());
  yes.addEventListener("click", () => {
    dialog.close();
    erase();
  });
  return dialog;
}

const place = document.getElementById("course-your-reading");
if (place) build(place);

/** Forgets all that is remembered of this book's chapters, also of questions that it has lost since. */

import { answersOf } from "../demos/question/memory.ts";
import { remember, remembered } from "../ui/memory.ts";
import { addressOf, type Chapter } from "./outline.ts";
import { READ } from "./record.ts";

export function eraseAll(outline: readonly Chapter[], root: URL): void {
  for (const chapter of outline) {
    const { pathname } = addressOf(chapter, root);
    remember(READ + pathname, null);
    for (const key of remembered(answersOf(pathname))) remember(key, null);
    for (const { id } of chapter.inventories) {
      for (const key of remembered(`inventory:${id}:`)) remember(key, null);
    }
  }
}

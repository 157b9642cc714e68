/** On every page: follow the reader, mark the chapters, keep what was visited for offline. */

import { follow } from "./following.ts";
import { markChapters, offerToContinue } from "./marks.ts";
import { keepVisited } from "./offline/visited.ts";
import { bookRoot } from "./root.ts";
import { afterFirstDemo } from "./starting.ts";

const isChapter = (document.currentScript as HTMLScriptElement).dataset.page === "chapter";

afterFirstDemo(() => {
  markChapters();
  offerToContinue();
  if (isChapter) follow(markChapters);
  keepVisited(bookRoot());
});

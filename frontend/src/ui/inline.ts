/** Text with `code` and *emphasis*, as nodes: an author's words never become markup. */

import { html } from "./dom.ts";

export function inline(source: string): (Node | string)[] {
  return source.split(/(`[^`]+`|\*[^*]+\*)/).map((part) => {
    if (part.length > 2 && part.startsWith("`") && part.endsWith("`")) {
      return html("code", {}, part.slice(1, -1));
    }
    if (part.length > 2 && part.startsWith("*") && part.endsWith("*")) {
      return html("em", {}, part.slice(1, -1));
    }
    return part;
  });
}

/** On the search page: demos and figures that have all the words, above the pages that have them. */

import { html } from "../ui/dom.ts";
import { type Finding, find } from "./ranking.ts";
import { bookRoot } from "./root.ts";

declare global {
  var courseFindings: Finding[] | undefined;
}

/** Sphinx's own search, whose index its script has set. */
declare const Search: { _index?: { terms: object; titleterms: object } } | undefined;

const MOST_SHOWN = 5; // of each kind

function show(): void {
  const results = document.getElementById("search-results");
  const asked = new URLSearchParams(location.search).get("q") ?? "";
  const found = find(asked, globalThis.courseFindings ?? []);
  if (!results || found.length === 0) return;
  const root = bookRoot();
  const rows = [...first(found, "Demo"), ...first(found, "Figure")].map(
    ({ kind, title, address, where, shows }) => {
      const link = html("a", {}, title);
      link.href = new URL(address, root).href;
      const named = html("div", {}, html("span", { class: "course-kind" }, kind), " ", link);
      return html(
        "li",
        {},
        named,
        html("p", {}, `${where}${/[.?!]$/.test(where) ? "" : "."} ${shows}`),
      );
    },
  );
  const more = found.length - rows.length;
  results.before(
    html(
      "section",
      { class: "course-findings", "aria-labelledby": "course-findings-title" },
      html("h2", { id: "course-findings-title" }, "Demos and figures"),
      html("ul", { class: "search" }, ...rows),
      more > 0 ? html("p", {}, `And ${more} more: a further word narrows them down.`) : "",
      html("h2", {}, "Pages"),
    ),
  );
}

/** Sphinx looks words up in plain objects: a search for “constructor” must not find what all of them have. */
function mendIndex(): void {
  if (typeof Search === "undefined" || !Search._index) return;
  const bare = Object.create(null);
  bare.hasOwnProperty = Object.prototype.hasOwnProperty; // which Sphinx calls on them
  for (const words of [Search._index.terms, Search._index.titleterms]) {
    Object.setPrototypeOf(words, bare);
  }
}

const first = (found: readonly Finding[], wanted: Finding["kind"]) =>
  found.filter(({ kind }) => kind === wanted).slice(0, MOST_SHOWN);

document.addEventListener("DOMContentLoaded", () => {
  mendIndex();
  show();
});

/** Each class: its probability at the pixel, its pixels, and its IoU. */

import { html, list, set, text } from "../../ui/dom.ts";
import { css, NAMES } from "./colours.ts";
import type { Judged, State } from "./state.ts";

interface Row {
  name: string;
  label: number;
  /** In tenths of a percent, so that what does not show is not drawn anew. */
  share: number | null;
  highest: boolean;
  truth: boolean;
  counts: string;
  iou: string;
}

export function classTable(name: string) {
  const body = html("tbody", {});
  const head = ["Class (◂ true)", "At the cross", "True / said, px", "IoU"];
  const element = html(
    "table",
    { class: "classes-table", "aria-label": name },
    html("thead", {}, html("tr", {}, ...head.map((words) => html("th", { scope: "col" }, words)))),
    body,
  );
  const draw = (
    _: State,
    probabilities: readonly number[] | null,
    scores: Judged | null,
    truth: number | null,
  ) => {
    const most = probabilities ? Math.max(...probabilities) : 0;
    const rows = NAMES.map((words, label): Row => {
      const share = probabilities?.[label] ?? null;
      const iou = scores?.iou[label];
      return {
        name: words,
        label,
        share: share === null ? null : Math.round(1000 * share),
        highest: share !== null && share === most,
        truth: truth === label,
        counts: scores ? `${scores.truth[label]} / ${scores.predicted[label]}` : "–",
        iou: iou === null || iou === undefined ? "–" : iou.toFixed(2),
      };
    });
    list(body, rows, create, update);
  };
  return { element, draw };
}

function create(label: number): HTMLTableRowElement {
  return html(
    "tr",
    {},
    html(
      "th",
      { scope: "row" },
      html("span", { class: "swatch", style: `background: ${css(label)}` }),
      html("span"),
    ),
    html("td", {}, html("span", { class: "share" }), html("span", { class: "share-bar" })),
    html("td"),
    html("td"),
  );
}

function update(row: HTMLTableRowElement, { name, share, highest, truth, counts, iou }: Row): void {
  const [head, at, pixels, score] = [...row.children] as [Element, Element, Element, Element];
  set(row, { class: highest ? "highest" : null });
  text(head.children[1]!, truth ? `${name} ◂` : name);
  set(at.children[1]!, { style: `width: ${share === null ? 0 : share / 18}px` });
  text(at.children[0]!, share === null ? "–" : (share / 1000).toFixed(2));
  text(pixels, counts);
  text(score, iou);
}

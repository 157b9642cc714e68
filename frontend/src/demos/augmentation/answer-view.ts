/** The three classes that the network finds most probable, with their probabilities. */

import { CLASSES } from "../../data/scenes.ts";
import { html, list, set, text } from "../../ui/dom.ts";

interface Row {
  name: string;
  share: number;
  right: boolean;
}

const MOST = 3;

export function answerView() {
  const rows = html("div", { class: "guesses" });
  const element = html(
    "div",
    { class: "answer" },
    html("p", { class: "panel-name" }, "the network’s three best guesses"),
    rows,
  );
  const draw = (probabilities: readonly number[] | null, label: number | null) => {
    set(element, { "data-waiting": probabilities === null });
    const items = (probabilities ?? [])
      .map((share, i): Row => ({ name: CLASSES[i]!, share, right: i === label }))
      .sort((a, b) => b.share - a.share)
      .slice(0, MOST);
    list(rows, items, create, update);
  };
  return { element, draw };
}

const create = () =>
  html(
    "div",
    { class: "guess" },
    html("span", { class: "name" }),
    html("span", { class: "bar", "aria-hidden": "true" }, html("span", {})),
    html("span", { class: "share" }),
  );

function update(row: Element, { name, share, right }: Row): void {
  const [label, bar, number] = [...row.children] as [Element, Element, Element];
  text(label, right ? `${name} ✓` : name);
  set(bar.firstElementChild!, { style: `width: ${(100 * share).toFixed(1)}%` });
  text(number, `${(100 * share).toFixed(1)} %`);
  set(row, { "data-right": right });
}

/** One question of the inventory: its options, and what is said of them once it is marked. */

import type { Stage } from "../../ui/demo.ts";
import { html, set } from "../../ui/dom.ts";
import { inline } from "../../ui/inline.ts";
import { type Item, isRight, type State, UNSURE } from "./state.ts";

export function sheet(stage: Stage<State>, item: Item, index: number) {
  const values = [...item.choices.keys(), UNSURE];
  const inputs = values.map((value) =>
    html("input", { type: "radio", name: stage.id(`question-${index}`), value }),
  );
  const rows = values.map((value, n) =>
    html(
      "label",
      { class: "course-option" },
      inputs[n]!,
      html(
        "span",
        {},
        ...(value === UNSURE ? ["I do not know"] : inline(item.choices[value]!.text)),
      ),
    ),
  );
  const feedback = html("div", { class: "feedback", hidden: true });
  const field = html(
    "fieldset",
    { class: "course-question" },
    html("legend", {}, `${index + 1}. `, ...inline(item.prompt)),
    html("div", { class: "course-options" }, ...rows),
  );
  const element = html("section", { class: "sheet" }, field, feedback);
  for (const [n, input] of inputs.entries()) {
    input.addEventListener(
      "change",
      () => stage.update({ answers: stage.state().answers.with(index, values[n]!) }),
      { signal: stage.signal },
    );
  }

  const explained = (answer: number | null) => {
    const right = item.choices.findIndex((choice) => choice.right);
    const mine = answer !== null && answer !== UNSURE ? item.choices[answer]! : null;
    const verdict = isRight(item, answer) ? "✓ Right. " : answer === UNSURE ? "" : "✗ Not quite. ";
    const said = [html("strong", {}, verdict), ...(mine ? inline(mine.why) : [])];
    const truth = item.choices[right]!;
    const parts = [
      ...(mine ? [html("p", {}, ...said)] : []),
      ...(mine === truth
        ? []
        : [html("p", {}, "Right is: ", ...inline(`*${truth.text}*. ${truth.why}`))]),
    ];
    const ending = stage.root.dataset.host === "static" ? "html" : "ipynb";
    const address = `${item.chapter}.${ending}${item.state ? `#${item.state}` : ""}`;
    parts.push(html("p", {}, html("a", { href: address }, item.see)));
    return parts;
  };

  let shown = "";
  const draw = ({ answers, marked }: State) => {
    const answer = answers[index]!;
    const now = `${answer} ${marked}`;
    if (now === shown) return;
    shown = now;
    for (const [n, input] of inputs.entries()) {
      const value = values[n]!;
      input.checked = value === answer;
      // What has been marked stays as it is: a changed answer would be no answer of that round.
      input.disabled = marked && value !== answer;
      const right = value !== UNSURE && item.choices[value]!.right;
      const verdict =
        marked && value === answer && value !== UNSURE ? (right ? "right" : "wrong") : null;
      set(rows[n]!, { "data-verdict": verdict });
    }
    feedback.hidden = !marked;
    feedback.replaceChildren(...(marked ? explained(answer) : []));
  };
  return { element, first: inputs[0]!, draw };
}

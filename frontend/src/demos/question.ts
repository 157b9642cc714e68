/** A question with instant feedback: every answer is explained, and the browser remembers it. */

import { format } from "../core/format.ts";
import { defineDemo, type Stage } from "../ui/demo.ts";
import { html, set } from "../ui/dom.ts";
import { inline } from "../ui/inline.ts";
import { recall, remember } from "../ui/memory.ts";
import { parseNumber } from "../ui/numbers.ts";
import type { Problem } from "../ui/problems.ts";

interface Choice {
  text: string;
  right: boolean;
  why: string;
}

interface Mistake {
  value: number;
  why: string;
}

interface State {
  /** The chosen option, or null. */
  chosen: number | null;
  /** The number given, or null. */
  given: number | null;
}

const RANGE = { min: -1e12, max: 1e12 };

export default defineDemo<State>({
  name: "question",
  keys: ["chosen", "given"],
  check,
  build,
});

function check({ chosen, given }: State): Problem | null {
  if (chosen !== null && !(Number.isInteger(chosen) && chosen >= 0)) {
    return { control: "answer", message: `There is no option ${chosen}.` };
  }
  if (given !== null && !Number.isFinite(given)) {
    return { control: "answer", message: `${given} is not a number.` };
  }
  return null;
}

function build(stage: Stage<State>) {
  const { model, root, signal } = stage;
  const prompt = String(model.get("prompt"));
  const choices = model.get("choices") as Choice[];
  const key = `question:${root.id || prompt}`;
  const feedback = html("p", { class: "course-feedback", "aria-live": "polite" });
  const answer = choices.length > 0 ? options(stage, choices) : number(stage);
  const again = html("button", { type: "button", class: "course-action" }, "Try again");
  again.addEventListener(
    "click",
    () => {
      stage.complain(null);
      stage.update({ chosen: null, given: null });
      root.querySelector<HTMLElement>("input")?.focus();
    },
    { signal },
  );
  root.prepend(
    html(
      "fieldset",
      { class: "course-question" },
      html("legend", {}, ...inline(prompt)),
      html("div", { class: "course-controls" }, answer.element, stage.slot("answer")),
    ),
    feedback,
    again,
  );
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", "Question");

  const remembered = recall(key) as Partial<State> | null;
  if (remembered && check({ chosen: null, given: null, ...remembered }) === null) {
    queueMicrotask(() => stage.update(remembered));
  }

  return (state: State) => {
    const judged = answer.judge(state);
    answer.show(state);
    set(root, { "data-answer": judged === null ? null : judged.right ? "right" : "wrong" });
    const mark = judged === null ? "" : judged.right ? "✓ Right. " : "✗ Not quite. ";
    if (judged === null) feedback.replaceChildren();
    else feedback.replaceChildren(html("strong", {}, mark), ...inline(judged.why));
    again.hidden = judged === null;
    remember(key, judged === null ? null : state);
  };
}

interface Judgement {
  right: boolean;
  why: string;
}

/** One of several: choosing is answering. */
function options(stage: Stage<State>, choices: readonly Choice[]) {
  const inputs = choices.map((_, index) => {
    const input = html("input", { type: "radio", name: stage.id("choice"), value: index });
    input.addEventListener("change", () => stage.update({ chosen: index }), {
      signal: stage.signal,
    });
    return input;
  });
  const rows = choices.map((choice, index) =>
    html(
      "label",
      { class: "course-option" },
      inputs[index]!,
      html("span", {}, ...inline(choice.text)),
    ),
  );
  const judge = ({ chosen }: State): Judgement | null =>
    chosen === null ? null : (choices[chosen] ?? null);
  const show = ({ chosen }: State) => {
    for (const [index, input] of inputs.entries()) {
      input.checked = index === chosen;
      const right = choices[index]!.right;
      set(rows[index]!, { "data-verdict": index !== chosen ? null : right ? "right" : "wrong" });
    }
  };
  return { element: html("div", { class: "course-options" }, ...rows), judge, show };
}

/** A number, within a tolerance; known mistakes are explained. */
function number(stage: Stage<State>) {
  const { model, signal } = stage;
  const truth = model.get("answer") as number;
  const tolerance = model.get("tolerance") as number;
  const why = String(model.get("why"));
  const mistakes = model.get("mistakes") as Mistake[];
  const unit = String(model.get("unit") ?? "");
  const field = html("input", {
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    "aria-label": "Your answer",
    "aria-describedby": stage.slot("answer").id,
  });
  const form = html(
    "form",
    { class: "course-guess" },
    field,
    ...(unit ? [html("span", {}, unit)] : []),
    html("button", { type: "submit" }, "Check"),
  );
  form.addEventListener(
    "submit",
    (event) => {
      event.preventDefault();
      const { value, problem } = parseNumber(field.value, RANGE);
      if (problem === null) stage.update({ given: value });
      else stage.complain({ control: "answer", message: problem });
    },
    { signal },
  );
  const near = (a: number, b: number) => Math.abs(a - b) <= tolerance + 1e-12;
  const judge = ({ given }: State): Judgement | null => {
    if (given === null) return null;
    if (near(given, truth)) return { right: true, why };
    const known = mistakes.find(({ value }) => near(given, value));
    return { right: false, why: known?.why ?? "Work it out once more, step by step." };
  };
  const show = ({ given }: State) => {
    if (given === null) field.value = "";
    else if (document.activeElement !== field) field.value = format(given, 4).replace(/\.?0+$/, "");
  };
  return { element: form, judge, show };
}

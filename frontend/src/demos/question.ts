/** A question with instant feedback: every answer is explained, and the browser remembers it. */

import { defineDemo, type Stage } from "../ui/demo.ts";
import { html, set } from "../ui/dom.ts";
import { interactive } from "../ui/environment.ts";
import { inline } from "../ui/inline.ts";
import { parseNumber } from "../ui/numbers.ts";
import type { Problem } from "../ui/problems.ts";
import { answerMemory, type Answer as State } from "./question/memory.ts";

interface Choice {
  text: string;
  right: boolean;
  why: string;
}

interface Mistake {
  value: number;
  why: string;
}

interface Judgement {
  right: boolean;
  /** What has been judged, where the page does not show it. */
  judged: string;
  why: string;
}

/** The part of a question that its kind decides: options or a number. */
interface Answer {
  element: HTMLElement;
  /** What is marked when the answer cannot be read. */
  field: Element | null;
  /** What the reader answers, or what is wrong with it. */
  read(): { state: State; problem: null } | { state: null; problem: string };
  judge(state: State): Judgement | null;
  /** Show a state that has come from elsewhere: what the reader does stays as it is. */
  show(state: State): void;
}

const RANGE = { min: -1e12, max: 1e12 };
const NONE: State = { chosen: null, given: null };

export default defineDemo<State>({
  name: "question",
  keys: ["chosen", "given"],
  // An answer is the reader's own: no link may write or take back one.
  linkable: [],
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
  // Where the first frame is drawn without a browser there is nobody to remember.
  const memory = interactive()
    ? answerMemory(location.pathname, root.id, prompt, choices)
    : { recall: () => null, keep: () => {} };
  const answer = choices.length > 0 ? options(stage, choices) : number(stage);
  const feedback = html("p", { class: "course-feedback" });
  const again = html("button", { type: "button", class: "course-action" }, "Try again");
  const form = html(
    "form",
    { class: "course-answers", novalidate: true },
    html(
      "fieldset",
      { class: "course-question" },
      html("legend", {}, ...inline(prompt)),
      html(
        "div",
        { class: "course-answer" },
        answer.element,
        html("button", { type: "submit" }, "Check"),
      ),
    ),
    stage.slot("answer", answer.field ?? undefined),
  );
  root.prepend(form, feedback, again);

  // A verdict that is only remembered is read where it stands; one just earned is spoken.
  form.addEventListener("input", () => set(feedback, { "aria-live": "polite" }), { signal });
  form.addEventListener(
    "submit",
    (event) => {
      event.preventDefault();
      set(feedback, { "aria-live": "polite" });
      const { state, problem } = answer.read();
      stage.update(state ?? NONE);
      if (problem !== null) stage.complain({ control: "answer", message: problem });
      memory.keep(stage.state());
    },
    { signal },
  );
  again.addEventListener(
    "click",
    () => {
      stage.complain(null);
      stage.update(NONE);
      memory.keep(NONE);
      root.querySelector<HTMLElement>("input")?.focus();
    },
    { signal },
  );
  const remembered = memory.recall();
  if (remembered) queueMicrotask(() => stage.update(remembered));

  let shown: State | null = null;
  return (state: State) => {
    if (shown?.chosen === state.chosen && shown.given === state.given) return;
    shown = state;
    const verdict = answer.judge(state);
    answer.show(state);
    again.hidden = verdict === null;
    set(root, { "data-answer": verdict === null ? null : verdict.right ? "right" : "wrong" });
    if (verdict === null) return feedback.replaceChildren();
    const mark = verdict.right ? "✓ Right. " : `✗ Not quite${verdict.judged}. `;
    feedback.replaceChildren(html("strong", {}, mark), ...inline(verdict.why));
  };
}

/** One of several. */
function options(stage: Stage<State>, choices: readonly Choice[]): Answer {
  const inputs = choices.map((_, index) =>
    html("input", { type: "radio", name: stage.id("choice"), value: index }),
  );
  const rows = choices.map((choice, index) =>
    html(
      "label",
      { class: "course-option" },
      inputs[index]!,
      html("span", {}, ...inline(choice.text)),
    ),
  );
  return {
    element: html("div", { class: "course-options" }, ...rows),
    field: null,
    read() {
      const chosen = inputs.findIndex((input) => input.checked);
      if (chosen < 0) return { state: null, problem: "Choose an option first." };
      return { state: { chosen, given: null }, problem: null };
    },
    judge({ chosen }) {
      const choice = chosen === null ? undefined : choices[chosen];
      return choice ? { right: choice.right, judged: "", why: choice.why } : null;
    },
    show({ chosen }) {
      for (const [index, input] of inputs.entries()) {
        input.checked = index === chosen;
        const right = choices[index]!.right;
        set(rows[index]!, { "data-verdict": index !== chosen ? null : right ? "right" : "wrong" });
      }
    },
  };
}

/** A number, within a tolerance; known mistakes are explained. */
function number(stage: Stage<State>): Answer {
  const { model } = stage;
  const truth = model.get("answer") as number;
  const tolerance = model.get("tolerance") as number;
  const why = String(model.get("why"));
  const mistakes = model.get("mistakes") as Mistake[];
  const unit = String(model.get("unit") ?? "");
  const field = html("input", {
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    "aria-label": unit ? `Your answer (${unit})` : "Your answer",
  });
  const near = (a: number, b: number) => Math.abs(a - b) <= tolerance + 1e-12;
  // What the reader has typed stands as it was typed, "1/3" as well as "three".
  let typed: number | null = null;
  return {
    element: html(
      "div",
      { class: "course-guess" },
      field,
      ...(unit ? [html("span", {}, unit)] : []),
    ),
    field,
    read() {
      const { value, problem } = parseNumber(field.value, RANGE);
      typed = value;
      if (problem !== null) return { state: null, problem };
      return { state: { chosen: null, given: value }, problem: null };
    },
    judge({ given }) {
      if (given === null) return null;
      if (near(given, truth)) return { right: true, judged: "", why };
      const known = mistakes.find(({ value }) => near(given, value));
      const said = known?.why ?? "Work it out once more, step by step.";
      return { right: false, judged: `: you gave ${spell(given)}`, why: said };
    },
    show({ given }) {
      if (given === typed) return;
      typed = given;
      field.value = given === null ? "" : spell(given);
    },
  };
}

/** A number as short as it can be read back: at most four decimals, unless it is tiny. */
function spell(value: number): string {
  const rounded = Math.abs(value) < 0.001 ? value.toPrecision(3) : value.toFixed(4);
  return String(Number(rounded)).replace(/^-/, "−");
}

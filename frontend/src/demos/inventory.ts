/** A concept inventory: ten questions, before and after, marked in the page, taken along as a file. */

import { choice } from "../ui/choice.ts";
import { defineDemo, type Stage } from "../ui/demo.ts";
import { html, set, text } from "../ui/dom.ts";
import { controls, frame, row } from "../ui/frame.ts";
import { sheet } from "./inventory/sheet.ts";
import {
  checkState,
  document,
  type Item,
  KEYS,
  listed,
  open,
  ROUNDS,
  type Round,
  type State,
  scoreOf,
  summary,
} from "./inventory/state.ts";
import { memory, type Rounds, save } from "./inventory/taking.ts";

/** How many questions a demo has cannot be known before it is built: `build` looks closer. */
export default defineDemo<State>({
  name: "inventory",
  keys: KEYS,
  // Answers are the reader's own: no link may write or take back one.
  linkable: [],
  check: ({ round, marked, answers }) =>
    checkState({ round, marked, answers: [] }, []) ??
    (Array.isArray(answers) ? null : { control: "mark", message: "The answers are no list." }),
  build,
});

function build(stage: Stage<State>) {
  const { model, root, signal } = stage;
  const items = model.get("items") as Item[];
  const kept = memory(root.id, items);
  const rounds: Rounds = {};
  const sheets = items.map((item, index) => sheet(stage, item, index));

  const round = choice(stage, {
    name: "round",
    label: "Taken",
    values: ROUNDS,
    change: (value) => take(value),
  });
  const name = html("input", {
    type: "text",
    id: stage.id("name"),
    autocomplete: "off",
    maxlength: 80,
  });
  const mark = html("button", { type: "button" }, "Mark my answers");
  const again = html("button", { type: "button", class: "course-action" }, "Begin this round anew");
  const take_along = html("button", { type: "button" }, "Save my answers");
  const result = html("p", { class: "course-sentence inventory-result" });
  frame(
    stage,
    controls(row(round.element)),
    html("div", { class: "sheets" }, ...sheets.map(({ element }) => element)),
    controls(
      html("div", { class: "course-field" }, mark, again, stage.slot("mark", mark)),
      result,
      html(
        "div",
        { class: "course-field" },
        html("label", { for: name.id }, "Name or number for the file (may stay empty)"),
        name,
        take_along,
        stage.slot("save", take_along),
      ),
    ),
  );

  /** Go to the other round, as it was left. */
  const take = (value: Round) => {
    const found = rounds[value] ?? { answers: items.map(() => null), marked: false };
    stage.update({ round: value, ...found });
  };
  mark.addEventListener(
    "click",
    () => {
      const waiting = open(stage.state().answers);
      if (waiting.length === 0) {
        stage.update({ marked: true });
        stage.announce(summary(items, rounds));
        return;
      }
      const which = waiting.length > 1 ? "Questions" : "Question";
      const message = `${which} ${listed(waiting)} wait${waiting.length > 1 ? "" : "s"} for an answer; “I do not know” is one.`;
      stage.complain({ control: "mark", message });
      sheets[waiting[0]! - 1]!.first.focus();
    },
    { signal },
  );
  again.addEventListener(
    "click",
    () => {
      stage.complain(null);
      stage.update({ answers: items.map(() => null), marked: false });
      sheets[0]?.first.focus();
    },
    { signal },
  );
  take_along.addEventListener(
    "click",
    () => {
      if (!ROUNDS.some((one) => rounds[one]?.marked)) {
        const message = "There is nothing to save yet: mark a round first.";
        return stage.complain({ control: "save", message });
      }
      save("concept-inventory.json", document(items, rounds, name.value.trim()));
      stage.announce("Saved");
    },
    { signal },
  );

  const remembered = kept.recall();
  // What is shown before that is nobody's answer, and must not take the place of one.
  let settled = Object.keys(remembered).length === 0;
  if (!settled) {
    Object.assign(rounds, remembered);
    // The round that is not finished, or the last one.
    const here = rounds.before?.marked ? "after" : "before";
    queueMicrotask(() => {
      settled = true;
      take(here);
    });
  }

  return (state: State) => {
    if (state.answers.length !== items.length) return;
    if (settled) {
      if (state.answers.some((answer) => answer !== null)) {
        rounds[state.round] = { answers: state.answers, marked: state.marked };
      } else delete rounds[state.round];
      kept.keep(rounds);
    }
    round.show(state.round);
    for (const one of sheets) one.draw(state);
    mark.hidden = state.marked;
    again.hidden = !state.answers.some((answer) => answer !== null);
    text(result, summary(items, rounds));
    set(root, { "data-marked-round": state.marked });
    const score = state.marked ? scoreOf(items, state.answers) : null;
    if (model.get("score") !== score) {
      model.set("score", score);
      model.save_changes();
    }
  };
}

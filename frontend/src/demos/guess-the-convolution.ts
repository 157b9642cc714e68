/** Read kernel size, stride, dilation and padding off a weight matrix. */

import { PADDINGS } from "../core/padding.ts";
import { actions } from "../ui/actions.ts";
import { choice } from "../ui/choice.ts";
import { codePanel } from "../ui/code.ts";
import { defineDemo, type Stage } from "../ui/demo.ts";
import { html, set, text } from "../ui/dom.ts";
import { watchWidth } from "../ui/environment.ts";
import { controls, frame, row } from "../ui/frame.ts";
import { stepper } from "../ui/stepper.ts";
import { picture } from "./guess-the-convolution/picture.ts";
import { score, spoken, verdict } from "./guess-the-convolution/sentences.ts";
import { snippet } from "./guess-the-convolution/snippet.ts";
import {
  answersOf,
  check,
  handIn,
  isEndless,
  KEYS,
  LIMITS,
  LINKABLE,
  matches,
  output,
  type State,
  settle,
  spell,
} from "./guess-the-convolution/state.ts";

export default defineDemo<State>({
  name: "guess-the-convolution",
  keys: KEYS,
  linkable: LINKABLE,
  settle,
  check,
  derive: (state) => ({
    output: output(state),
    answers: answersOf(state).map(spell),
    matches: matches(state),
  }),
  build,
});

function build(stage: Stage<State>) {
  const { signal } = stage;
  const drawing = picture(stage);
  const mark = html("strong", {});
  const why = html("span", {});
  const said = html("p", { class: "course-sentence course-verdict" }, mark, why);
  const legend = html(
    "p",
    { class: "course-legend" },
    html("span", { class: "key hit" }, "fits"),
    html("span", { class: "key extra" }, "yours only"),
    html("span", { class: "key other" }, "another weight"),
    html("span", { class: "key missed" }, "the target’s only"),
  );
  const guess = (change: Partial<State>) => stage.update({ ...change, checked: false });
  const settings = (["size", "stride", "dilation"] as const).map((name) =>
    stepper(stage, {
      name,
      label: name === "size" ? "Kernel size" : name[0]!.toUpperCase() + name.slice(1),
      ...LIMITS[name],
      change: (value) => guess({ [name]: value }),
    }),
  );
  const padding = choice(stage, {
    name: "padding",
    label: "Padding",
    values: PADDINGS,
    change: (value) => guess({ padding: value }),
  });
  const commit = html("button", { type: "button", class: "course-check-guess" }, "Check");
  const next = html("button", { type: "button" }, "Next puzzle");
  commit.addEventListener("click", () => stage.update(handIn(stage.state())), { signal });
  next.addEventListener(
    "click",
    () => {
      const { seed } = stage.state();
      stage.update({ seed: seed < LIMITS.seed.max ? seed + 1 : LIMITS.seed.min, checked: false });
      stage.announce(score(stage.state()));
    },
    { signal },
  );
  const points = html("p", { class: "course-facts" });
  const code = codePanel(stage, "Your guess in PyTorch");
  frame(
    stage,
    html("div", { class: "course-picture" }, drawing.element, legend),
    controls(
      row(...settings.map(({ element }) => element)),
      padding.element,
      html("div", { class: "course-buttons" }, commit, next),
      said,
      points,
      actions(stage, "GuessTheConvolution", [...LINKABLE, "target", "target_padding"]),
      code.element,
    ),
  );
  watchWidth(stage.root, signal, drawing.resize);

  return (state: State) => {
    drawing.draw(state);
    const judged = verdict(state);
    set(stage.root, { "data-answer": judged ? (judged.right ? "right" : "wrong") : null });
    text(mark, judged ? (judged.right ? "✓ Right. " : "✗ Not yet. ") : "");
    text(why, judged?.why ?? "");
    legend.hidden = judged === null || judged.right;
    settings[0]!.show(state.size);
    settings[1]!.show(state.stride);
    settings[2]!.show(state.dilation);
    padding.show(state.padding);
    next.hidden = !isEndless(state);
    text(points, score(state));
    points.hidden = !isEndless(state);
    code.show(() => snippet(state));
    stage.narrate(spoken(state));
  };
}

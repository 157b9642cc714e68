/** The controls of a run: what it is made of, and recipes worth trying. */

import { equal } from "../../core/equal.ts";
import { choice } from "../../ui/choice.ts";
import type { Stage } from "../../ui/demo.ts";
import { row } from "../../ui/frame.ts";
import { numberField } from "../../ui/number-field.ts";
import { presets } from "../../ui/presets.ts";
import { stepper } from "../../ui/stepper.ts";
import { switchBox } from "../../ui/switch-box.ts";
import { BATCH_SIZES, LIMITS, RECIPES, type State } from "./state.ts";

const FIELDS = [
  ["learning_rate", "Learning rate η"],
  ["momentum", "Momentum μ"],
  ["halve_every", "Halve η every … steps (0: never)"],
  ["steps", "Steps"],
] as const;

/** @returns the lines of controls, and the function that shows a state in them. */
export function settings(stage: Stage<State>) {
  const fields = FIELDS.map(([name, label]) => ({
    name,
    ...numberField(stage, {
      name,
      label,
      ...LIMITS[name],
      whole: name === "halve_every" || name === "steps",
      change: (value) => stage.update({ [name]: value }),
    }),
  }));
  const batch = choice(stage, {
    name: "batch_size",
    label: "Samples a step",
    values: BATCH_SIZES.map(String),
    change: (value) => stage.update({ batch_size: Number(value) }),
  });
  const seed = stepper(stage, {
    name: "seed",
    label: "Seed",
    ...LIMITS.seed,
    change: (value) => stage.update({ seed: value }),
  });
  const permuted = switchBox(stage, {
    name: "permuted",
    label: "Permute the 40 values, the same way in all samples",
    change: (on) => stage.update({ permuted: on }),
  });
  const names = Object.keys(RECIPES) as (keyof typeof RECIPES)[];
  const recipes = presets(stage, {
    label: "Recipe",
    names,
    take: (name) => stage.update(RECIPES[name]),
  });
  return {
    elements: [
      permuted.element,
      recipes.element,
      row(...fields.map(({ element }) => element)),
      row(batch.element, seed.element),
    ],
    show(state: State): void {
      for (const field of fields) field.show(state[field.name]);
      batch.show(String(state.batch_size));
      seed.show(state.seed);
      permuted.show(state.permuted);
      const { learning_rate, momentum, batch_size, halve_every, steps } = state;
      const present = { learning_rate, momentum, batch_size, halve_every, steps };
      recipes.show(names.find((name) => equal(RECIPES[name], present)) ?? null);
    },
  };
}

/** Choose one of the samples, or give a signal of one's own. */

import { equal } from "../../core/equal.ts";
import { LENGTH, samples } from "../../data/mnist1d.ts";
import type { Stage } from "../../ui/demo.ts";
import { listField } from "../../ui/list-field.ts";
import { stepper } from "../../ui/stepper.ts";
import { type Chosen, original, SAMPLE_LIMITS } from "./sample.ts";

/** @returns both controls, and the function that shows in them what the networks read. */
export function sampleFields<S extends Chosen>(stage: Stage<S>) {
  const choose = (chosen: Partial<Chosen>) => stage.update(chosen as Partial<S>);
  const sample = stepper(stage, {
    name: "sample",
    label: "Sample",
    ...SAMPLE_LIMITS.sample,
    change: (value) => choose({ sample: value, signal: [] }),
  });
  const signal = listField(stage, {
    name: "signal",
    label: "x =",
    spoken: "Signal x, 40 values",
    range: SAMPLE_LIMITS.value,
    counts: { min: LENGTH, max: LENGTH },
    change: (values) => {
      const own = !equal(values, samples()[stage.state().sample]!.values);
      choose({ signal: own ? values : [] });
    },
  });
  return {
    elements: [sample.element, signal.element],
    show(state: S): void {
      sample.show(state.sample);
      signal.show(original(state).values);
    },
  };
}

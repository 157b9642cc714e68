/** Numbers and results in words. */

import { format, grouped } from "../../core/format.ts";
import { argmax } from "../../core/network.ts";
import { NETWORKS, type NetworkName } from "../../core/networks.ts";
import { type LastStep, type Point, TAPS } from "./protocol.ts";
import type { Runner, Runners } from "./race.ts";
import type { State } from "./state.ts";

export const percent = (share: number, digits = 1) => `${format(100 * share, digits)} %`;

/** Four decimals, or as many digits where a number is smaller than those. */
export function fine(value: number): string {
  if (!Number.isFinite(value)) return "not a number";
  if (value === 0 || Math.abs(value) >= 0.001) return format(value, 4);
  return value.toExponential(1).replaceAll("-", "−");
}

/** Test errors that differ by less are called equal: the chance in 1,000 samples is about as large. */
const EQUAL = 0.02;

/** How a runner stands: a row of the table. */
export function standing({ news, points }: Runner): string[] {
  if (news === null) return ["0", "–", "–", "–", "–"];
  const last = points.at(-1);
  return [
    grouped(news.step),
    news.speed === null ? "–" : grouped(news.speed),
    news.loss === null ? "–" : diverged(news.loss) ? "no number" : format(news.loss, 3),
    last ? percent(last.trainError) : "–",
    last ? percent(last.testError) : "–",
  ];
}

const diverged = (loss: number) => !Number.isFinite(loss);

/** One line about where things stand. */
export function status(state: State, runners: Runners, waits: boolean): string {
  const steps = NETWORKS.map((name) => runners[name].news?.step ?? 0);
  if (state.training && waits) return "Training waits: the demo is out of sight.";
  if (state.training) return "Training …";
  if (steps.every((step) => step === 0)) {
    return "Nothing is trained yet: each network guesses, and errs on about nine samples in ten.";
  }
  return verdict(state, runners) ?? "Paused.";
}

/** What came of the race, and of the guess; null before both have made all their steps. */
export function verdict(state: State, runners: Runners): string | null {
  const [convolutional, dense] = NETWORKS.map((name) => last(runners[name], state.steps));
  if (!convolutional || !dense) return null;
  if (![convolutional, dense].every(({ testLoss }) => Number.isFinite(testLoss))) {
    return "The steps were too large: weights have grown beyond all numbers. Take a smaller learning rate.";
  }
  const margin = dense.testError - convolutional.testError;
  const winner =
    Math.abs(margin) < EQUAL ? "about equal" : margin > 0 ? "convolutional" : "fully connected";
  const result =
    `${state.permuted ? "With the values permuted, on" : "On"} the 1,000 test samples the convolutional network errs on ${percent(convolutional.testError)},` +
    ` the fully connected one on ${percent(dense.testError)}`;
  if (state.guess === "") return `${result}.`;
  const said = state.guess === "about equal" ? "about equal" : `the ${state.guess} one`;
  return `${result}. You said ${said}: ${state.guess === winner ? "right" : "look again at why not"}.`;
}

function last({ points, news }: Runner, steps: number): Point | null {
  const point = points.at(-1);
  return point && news && point.step >= steps && !news.training ? point : null;
}

/** The curves at one step: each network's last point up to there. */
export function reading(step: number, runners: Runners, curve: State["curve"]): string {
  const parts = NETWORKS.map((name) => {
    const point = runners[name].points.findLast((p) => p.step <= step);
    if (!point) return `${name}: nothing yet`;
    const [test, train] =
      curve === "error"
        ? [percent(point.testError), percent(point.trainError)]
        : [format(point.testLoss, 3), format(point.trainLoss, 3)];
    return `${name}: test ${test}, training ${train}`;
  });
  return `Step ${grouped(step)}. ${parts.join("; ")}.`;
}

/** A unit of the convolutional network, counted from 1. */
export function unit(layer: number, channel: number, position: number, value: number): string {
  return `Layer ${layer + 1}, channel ${channel + 1}, position ${position + 1}: ${format(value, 3)}.`;
}

export function weightName(kernel: number, tap: number): string {
  return `weight ${tap + 1} of kernel ${kernel + 1}`;
}

/** The last step of one weight, in lines. */
export function lastStepLines(step: LastStep | null, state: State): string[] {
  if (step === null) return ["Take a step, and its gradient stands here.", "", ""];
  const i = state.kernel * TAPS + state.tap;
  const [gradient, velocity] = [step.gradient[i]!, step.velocity[i]!];
  const kept = velocity - gradient;
  const lines = [`g = ${fine(gradient)}, the sum of what 19 positions add`];
  lines.push(
    Math.abs(kept) > 0
      ? `v ← μ v + g = ${fine(kept)} + ${bracketed(gradient)} = ${fine(velocity)}`
      : `v ← g = ${fine(velocity)}`,
  );
  lines.push(
    `ω ← ω − η v = ${fine(step.before[i]!)} − ${short(step.rate)} · ${bracketed(velocity)} = ${fine(step.after[i]!)}`,
  );
  return lines;
}

const short = (value: number) => String(Number(value.toPrecision(4)));
const bracketed = (value: number) => (value < 0 ? `(${fine(value)})` : fine(value));

/** What each network says of the sample. */
export function opinion(
  name: NetworkName,
  probabilities: readonly number[],
  label: number,
): string {
  if (!probabilities.every(Number.isFinite)) return `${name}: no number`;
  const top = argmax(probabilities);
  const judged = top === label ? "right" : `wrong, it is ${label}`;
  return `${name}: ${top} (${percent(probabilities[top]!, 0)}), ${judged}`;
}

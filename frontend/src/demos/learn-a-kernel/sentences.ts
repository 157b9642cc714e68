/** The result in words and numbers: the step, the gradient, the rate, the prediction. */

import { compact, format, subscript } from "../../core/format.ts";
import type { Piece } from "../../ui/pieces.ts";
import { hides, type Lesson, type Moment, type State } from "./state.ts";

/** A piece of the equation, with the role that colours it. */
/** Three decimals, for numbers that become small. */
export function fine(value: number): string {
  return Math.abs(value) < 1e5 ? format(value, 3) : format(value, 0);
}

/** ω₁ ← ω₁ − η · ∂L/∂ω₁ = 0.10 − 0.1·(−0.84) = 0.184 */
export function equation(state: State, { kernel, gradient }: Moment): Piece[] {
  const { weight, rate } = state;
  const name = `ω${subscript(weight + 1)}`;
  const [w, slope] = [kernel[weight]!, gradient[weight]!];
  const hidden = hides(state);
  const shown = hidden ? "?" : slope < 0 ? `(${fine(slope)})` : fine(slope);
  return [
    { words: `next ${name}`, role: "kernel-text" },
    { words: " = " },
    { words: fine(w), role: "kernel-text" },
    { words: ` − ${rate}·` },
    { words: shown },
    { words: " = " },
    { words: hidden ? "?" : fine(w - rate * slope), role: "kernel-text" },
  ];
}

/** Where the descent stands. */
export function standing(state: State, { path, losses }: Lesson, now: Moment): string {
  const { step } = state;
  const when =
    step === 0 ? "Before the first step" : step === 1 ? "After one step" : `After ${step} steps`;
  const start = `${when} the loss is ${small(now.loss)}`;
  const ends = path.length - 1 < 200 && step === path.length - 1;
  if (ends) return `${start}: the weights have run away, and nothing brings them back.`;
  if (step === 0) return `${start}.`;
  const before = losses[step - 1]!;
  if (now.loss > before && now.loss > 1e-9) {
    return `${start}. It has grown: the step was so long that it went past the lowest point and up the other side.`;
  }
  const missing = Math.max(...state.hidden.map((h, k) => Math.abs(h - now.kernel[k]!)));
  if (missing < 0.005) return `${start}, and every weight is within 0.005 of the hidden one.`;
  if (Math.max(...now.gradient.map(Math.abs)) < 1e-3) {
    return `${start}. The gradient has vanished, though the weights are up to ${compact(missing)} from the hidden ones: the noise has its share in the lowest point.`;
  }
  return `${start}.`;
}

/** Which rates can work at all. */
export function rateSentence({ rate }: State, limit: number): string {
  if (!Number.isFinite(limit)) return "The signal is zero: at no rate is there anything to learn.";
  const edge = limit.toPrecision(3);
  if (rate < limit) return `For this signal rates below ${edge} converge: this one does.`;
  return `For this signal rates below ${edge} converge. At ${rate} each step overshoots the lowest point along the steepest direction, by more than the step before.`;
}

/** What to make of a prediction. */
export function verdict(state: State, { kernel, gradient }: Moment): string {
  if (!state.predict || state.guess === "") return "";
  const { weight, rate, guess } = state;
  const slope = gradient[weight]!;
  const name = `ω${subscript(weight + 1)}`;
  const rest = Math.abs(slope) < 5e-4;
  const way = slope < 0 ? "raise" : "lower";
  const judged = rest ? "it hardly moves" : guess === way ? "right" : "the other way";
  const sign = rest ? "almost zero" : slope < 0 ? "negative" : "positive";
  const next = fine(kernel[weight]! - rate * slope);
  return `You said ${guess} ${name}: ${judged}. Its gradient is ${fine(slope)}, ${sign}, and the step goes against it: from ${fine(kernel[weight]!)} to ${next}.`;
}

/** The same for a screen reader. */
export function spoken(state: State, now: Moment): string {
  const name = `weight ${state.weight + 1}`;
  const slope = hides(state)
    ? "predict its next step"
    : `gradient ${fine(now.gradient[state.weight]!)}`;
  return `Step ${state.step}: loss ${small(now.loss)}; ${name} is ${fine(now.kernel[state.weight]!)}, ${slope}`;
}

/** For a screen reader: what the picture shows. */
export function description(state: State, { parts, gradient }: Moment): string {
  const count = state.signal.length;
  if (hides(state)) return `Signal of ${count} values; the gradient is hidden until you predict.`;
  const row = parts[state.weight]!.map(compact).join(", ");
  return `Signal of ${count} values. Parts of the gradient of weight ${state.weight + 1}: ${row}; together ${compact(gradient[state.weight]!)}`;
}

function small(value: number): string {
  if (value >= 1e5) return value.toExponential(1).replace("e+", "·10^");
  return value !== 0 && value < 5e-4 ? "below 0.001" : fine(value);
}

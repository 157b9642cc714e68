/** What a stage did, in words and numbers. */

import { exact, format } from "../../core/format.ts";
import { standardised, TRAIN } from "../../core/mnist1d.ts";
import { DATA_SET, GRID, LENGTH, SMOOTHED, STAGES } from "../../core/sampler.ts";
import {
  CORRELATED,
  type Edit,
  edited,
  hidden,
  holdsDigit,
  largest,
  type Made,
  make,
  negative,
  PAD,
  RESAMPLE,
  SCALE,
  SHEAR,
  SHIFT,
  STRETCH,
  type State,
  TEMPLATE,
  torn,
  WHITE,
} from "./state.ts";

/** At most three decimals. */
export const brief = (value: number) => exact(Number(value.toFixed(3)));

const NAMES: Record<Edit, string> = {
  padding: "zeros",
  scale: "factor",
  shift: "shift",
  shear: "slope",
};

/** Where a number comes from: "drawn from 36 to 60", or set by hand, within that range or not. */
function source(state: State, name: Edit): string {
  const { min, max } = DATA_SET[name];
  const value = make(state).draws[name];
  if (!edited(state).includes(name)) return `drawn from ${exact(min)} to ${exact(max)}`;
  const within = value >= min && value <= max;
  return `set by hand, ${within ? "within" : "beyond"} the ${exact(min)} to ${exact(max)} of the data set`;
}

/** A digit with its article. */
const named = (digit: number) => `${digit === 8 ? "an" : "a"} ${digit}`;

const places = (count: number) => `${count} ${count === 1 ? "place" : "places"}`;
const positions = (count: number) => `${count} ${count === 1 ? "position" : "positions"}`;

/** What the stage shown has done. */
export function stageSentence(state: State): string {
  const made = make(state);
  if (hidden(state)) {
    const { shift } = made.draws;
    return `The marked peak stands at position ${made.peak + 1} of ${GRID}. The signal now moves ${places(shift)} to the right; what leaves on the right comes in on the left. Where does the peak land?`;
  }
  return SAID[state.stage]!(state, made);
}

const SAID: Record<number, (state: State, made: Made) => string> = {
  [TEMPLATE]: (state, { template }) => {
    const whose =
      state.template.length > 0 ? "Your own template" : `The template of ${named(state.digit)}`;
    const ends = template[0] === 0 && template.at(-1) === 0 ? "; it starts and ends at zero" : "";
    return `${whose}: ${template.length} values from ${format(Math.min(...template))} to ${format(Math.max(...template))}${ends}.`;
  },
  [PAD]: (state, { draws, template }) =>
    draws.padding === 0
      ? `No zeros after it (${source(state, "padding")}): it stays ${template.length} values long.`
      : `${draws.padding} zeros after it (${source(state, "padding")}) make ${template.length + draws.padding} values.`,
  [STRETCH]: (_, { draws, template, span }) => {
    const before = template.length + draws.padding;
    const how =
      before === GRID ? "as many as there are, so nothing changes" : "linearly between neighbours";
    const more = draws.padding > 0 ? " Fewer zeros would stretch it further." : "";
    return `The ${before} values are read at ${GRID} evenly spaced places, ${how}: the digit's ${template.length} now hold ${positions(span)}.${more}`;
  },
  [SCALE]: (state, { draws, stages, peak }) => {
    const [before, after] = [stages[STRETCH]![peak]!, stages[SCALE]![peak]!];
    const factor = `Times ${brief(draws.scale)} (${source(state, "scale")})`;
    if (draws.scale === 0) return `${factor}: nothing is left, and noise will fill every position.`;
    return `${factor}: the peak, at position ${peak + 1}, goes from ${format(before)} to ${format(after)}.${mirrored(state, draws.scale)}`;
  },
  [SHIFT]: (state, made) => {
    const { shift } = made.draws;
    const moved = `${places(shift)} to the right (${source(state, "shift")})`;
    return `${moved}: the peak goes from position ${made.peak + 1} to ${made.landing + 1}. ${edge(made)}`;
  },
  [CORRELATED]: (state, made) => {
    const filled = countEmpty(made);
    const strength = state.correlated_noise;
    if (filled === 0) return "No position is empty: there is no place for this noise.";
    if (strength === 0) return `No noise: the ${positions(filled)} without the digit stay at zero.`;
    const digit = GRID - filled;
    const kept = digit > 0 ? ` The digit's ${digit} keep their values.` : "";
    return `Noise of standard deviation ${brief(strength)}, smoothed to ${brief(strength * SMOOTHED)} (each value leans on its neighbours), fills the ${positions(filled)} that are empty.${kept}`;
  },
  [WHITE]: (state, { stages }) => {
    if (state.white_noise === 0) return "No white noise: nothing changes.";
    const change = stages[WHITE]!.map((value, i) => value - stages[CORRELATED]![i]!);
    const most = largest(change);
    return `Noise of standard deviation ${brief(state.white_noise)} on all ${GRID} positions, each for itself; the largest, ${format(change[most]!, 3)}, at position ${most + 1}.`;
  },
  [SHEAR]: (state, { draws }) => {
    const half = brief(Math.abs(draws.shear) / 2);
    const slope = `A slope of ${brief(draws.shear)} (${source(state, "shear")})`;
    if (draws.shear === 0) return `${slope} changes nothing.`;
    const [left, right] = draws.shear > 0 ? ["raised", "lowered"] : ["lowered", "raised"];
    return `${slope}: the left end is ${left} by ${half}, the right end ${right} by ${half}, the middle stays.`;
  },
  [RESAMPLE]: (_, { stages }) => {
    const read = stages[RESAMPLE]!.map(standardised);
    return `The ${GRID} values are read at ${LENGTH} evenly spaced places: the sample. A network reads it standardised, here from ${format(Math.min(...read))} to ${format(Math.max(...read))}.`;
  },
};

/** What a negative factor makes of a digit. */
function mirrored(state: State, scale: number): string {
  if (scale > 0) return "";
  const other = state.template.length > 0 ? null : negative(state.digit);
  if (other === null) return " The signal is turned over: no factor of the data set does that.";
  return ` Turned over, ${named(state.digit)} is ${named(other)}: this changes its class, and no factor of the data set is negative.`;
}

/** Whether the shift tears the digit apart. */
function edge(made: Made): string {
  const { draws, span } = made;
  const last = draws.shift + span;
  if (span === GRID) return "It fills every position, so some of it goes round the edge.";
  if (torn(made)) {
    const round = last - GRID;
    return `The digit would end at ${last}: its last ${positions(round)} come in again on the left, and it is torn apart.`;
  }
  return `Its last value stands at ${last} of ${GRID}: only zeros go round the edge.`;
}

const countEmpty = (made: Made) =>
  Array.from({ length: GRID }, (_, i) => holdsDigit(made, i)).filter((held) => !held).length;

/** Which draw this is, and what of it has been set by hand. */
export function drawSentence(state: State): string {
  const { drawn, label } = make(state);
  const changes = edited(state).map((name) => `${NAMES[name]} (drawn: ${brief(drawn[name])})`);
  const hand = changes.length > 0 ? ` Set by hand: ${changes.join(", ")}.` : "";
  if (state.example === null) return `The draw of seed ${state.seed}.${hand}`;
  const { example } = state;
  const where = example < TRAIN ? `x_train[${example}]` : `x_test[${example - TRAIN}]`;
  const own = state.template.length === 0 && state.digit === label;
  const whole = own && hand === "" && publishedNoise(state);
  const kin = own ? `, ${named(label!)}` : `, there ${named(label!)}`;
  return `The draw of ${where} of the data set${kin}.${whole ? " The last stage is that very sample." : ""}${hand}`;
}

export function publishedNoise({ correlated_noise, white_noise }: State): boolean {
  const { correlated, white } = DATA_SET.strengths;
  return correlated_noise === correlated && white_noise === white;
}

/** What to make of a guess. */
export function verdict(state: State): string {
  if (state.guess === null || state.stage !== SHIFT) return "";
  const { peak, draws, landing } = make(state);
  const end = peak + 1 + draws.shift;
  const sum = `${peak + 1} + ${draws.shift} = ${end}`;
  const round = end > GRID ? `${sum}, and ${end} − ${GRID} = ${landing + 1}` : sum;
  if (state.guess === landing + 1) return `You said ${state.guess}: right. ${round}.`;
  const missed =
    state.guess === end - 2 * draws.shift || state.guess === GRID + end - 2 * draws.shift;
  const way = missed && draws.shift > 0 ? " That is to the left; the shift goes to the right:" : "";
  return `You said ${state.guess}; it lands at ${landing + 1}.${way} ${round}.`;
}

export function spoken(state: State): string {
  return `Stage ${state.stage + 1} of ${STAGES.length}, ${STAGES[state.stage]}. ${stageSentence(state)}`;
}

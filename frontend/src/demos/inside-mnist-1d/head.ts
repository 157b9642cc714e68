/** From features to scores: the flattened units or the means, their products, and the ten scores. */

import { format } from "../../core/format.ts";
import { argmax } from "../../core/network.ts";
import { list, set, svg, text } from "../../ui/dom.ts";
import { both, layerValues } from "./computed.ts";
import { CHANNELS, CLASSES, layersOf, shape, stepOf } from "./layers.ts";
import { FLAT, type Layout, MARGIN, PRODUCTS, SCORES } from "./layout.ts";
import { hidden, label, type State } from "./state.ts";

interface Score {
  x: number;
  width: number;
  digit: number;
  value: number | null;
  tall: number;
  said: boolean;
  truth: boolean;
  /** Narrow columns have room for few. */
  decimals: number;
}

export function head(layout: () => Layout) {
  const name = svg("text", { x: MARGIN, y: FLAT.top - 8 });
  const ticks = svg("path", { class: "groups" });
  const floor = svg("line", { class: "zero", y1: PRODUCTS.zero, y2: PRODUCTS.zero });
  const bars = [svg("path", { class: "positive" }), svg("path", { class: "negative" })];
  const products = svg("text", { x: MARGIN, y: SCORES.top - 8 });
  const scores = svg("g", { class: "scores" });
  const base = svg("line", { class: "zero", y1: SCORES.zero, y2: SCORES.zero });

  const draw = (state: State) => {
    const { network, unit } = state;
    const { box, across, width, wide } = layout();
    const { positions } = shape(network, 4);
    const secret = hidden(state);
    const values = both(state)[network].values.at(-1)!;
    const said = argmax(Array.from(values));
    const digit = unit[0] === 5 ? unit[1] : said;
    text(name, rowTitle(network, wide));
    text(products, scoresTitle(secret, digit, wide));
    const groups = Array.from({ length: CHANNELS + 1 }, (_, c) => {
      const at = MARGIN + (c * across) / CHANNELS;
      return `M${at.toFixed(1)},${FLAT.top - 2}v${FLAT.height + 5}`;
    });
    set(ticks, { d: groups.join("") });
    for (const line of [floor, base]) set(line, { x1: MARGIN, x2: width - MARGIN });

    // Products of the fourth layer's units with their weights to the digit's score.
    const read = layerValues(state, 4);
    const { weight } = layersOf(network)[stepOf(network, 5)]!;
    const all = Array.from(read, (value, i) => value * weight[digit * read.length + i]!);
    const most = Math.max(1e-9, ...all.map(Math.abs));
    const paths = ["", ""];
    for (const [i, product] of secret ? [] : all.entries()) {
      if (product === 0) continue;
      const cell = box(network, [4, Math.floor(i / positions), i % positions]);
      const thick = Math.min(16, 0.72 * cell.width);
      const left = (cell.x + (cell.width - thick) / 2).toFixed(1);
      const tall = ((-product / most) * PRODUCTS.reach).toFixed(1);
      paths[product > 0 ? 0 : 1] +=
        `M${left},${PRODUCTS.zero}h${thick.toFixed(1)}v${tall}h-${thick.toFixed(1)}z`;
    }
    for (const [i, path] of paths.entries()) set(bars[i]!, { d: path || null });

    const largest = Math.max(1e-9, ...values.map(Math.abs));
    const column = across / CLASSES;
    const items = Array.from(
      { length: CLASSES },
      (_, d): Score => ({
        x: MARGIN + d * column,
        width: column,
        digit: d,
        value: secret ? null : values[d]!,
        tall: secret ? 0 : (values[d]! / largest) * SCORES.reach,
        said: !secret && d === said,
        truth: d === label(state),
        decimals: column < 36 ? 0 : column < 52 ? 1 : 2,
      }),
    );
    list(scores, items, createScore, updateScore);
  };
  const parts = [ticks, name, floor, ...bars, products, base, scores];
  return { parts, draw };
}

function rowTitle(network: State["network"], wide: boolean): string {
  if (network === "flatten") {
    return wide ? "flattened: 15 channels × 4 positions in a row, 60 units" : "flattened: 60 units";
  }
  return wide
    ? "global mean pool: each channel's mean over its 4 positions, 15 units"
    : "global mean pool: 15 units";
}

function scoresTitle(secret: boolean, digit: number, wide: boolean): string {
  if (secret) return "scores: hidden until you have predicted";
  if (!wide) return `each unit times its weight to ${digit}; scores`;
  return `above: each unit times its weight to the score of ${digit}; below: the ten scores`;
}

function createScore(digit: number): SVGGElement {
  return svg(
    "g",
    {},
    svg("rect", { class: "score" }),
    svg("text", { class: "amount", "text-anchor": "middle" }),
    svg("text", { class: "digit", y: SCORES.digits, "text-anchor": "middle" }, String(digit)),
  );
}

function updateScore(group: SVGGElement, score: Score): void {
  const { x, width, value, tall, said, truth, decimals, digit } = score;
  const [bar, amount, name] = [...group.children] as [Element, Element, Element];
  set(group, { class: said ? "said" : null });
  const wide = Math.min(24, 0.6 * width);
  const middle = x + width / 2;
  set(bar, {
    class: tall < 0 ? "score below" : "score",
    x: middle - wide / 2,
    y: SCORES.zero - Math.max(0, tall),
    width: wide,
    height: Math.abs(tall),
  });
  set(amount, { x: middle, y: tall < 0 ? SCORES.zero - 5 : SCORES.zero + 14 });
  text(amount, value === null ? "?" : format(value, decimals));
  set(name, { x: middle });
  text(name, truth ? `▲${digit}` : String(digit));
}

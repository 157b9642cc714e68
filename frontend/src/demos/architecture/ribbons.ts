/**
 * A network as two strips: each layer's share of the parameters above, of the multiply-adds below,
 * with a ribbon from the one to the other. What is drawn is a handful of paths, however deep.
 */

import type { Described, Layer } from "../../core/architecture.ts";
import { grouped } from "../../core/format.ts";
import { html, set, svg, text } from "../../ui/dom.ts";

const TOP = 24;
const THICK = 22;
const BETWEEN = 68;
const BELOW = TOP + THICK + BETWEEN;
const HEIGHT = BELOW + THICK + 24;
/** Layers narrower than this share of a strip are drawn without an edge. */
const EDGED = 0.004;

type Key = "parameters" | "multiplyAdds";

/** Where each layer begins and ends on a strip, from 0 to 1. */
export interface Spans {
  upper: Float64Array;
  lower: Float64Array;
}

const kept = new WeakMap<Described, Spans>();

/** @returns the layers' borders: layer n lies between border n and border n + 1. */
export function spans(found: Described): Spans {
  const known = kept.get(found);
  if (known) return known;
  const { layers, totals } = found;
  const borders = (key: Key) => {
    const ends = new Float64Array(layers.length + 1);
    for (const [i, layer] of layers.entries()) ends[i + 1] = ends[i]! + layer[key] / totals[key];
    return ends;
  };
  const both = { upper: borders("parameters"), lower: borders("multiplyAdds") };
  kept.set(found, both);
  return both;
}

/** The layer at a share of a strip. */
export function layerAt(borders: Float64Array, share: number): number {
  const at = Math.min(1 - 1e-9, Math.max(0, share));
  let low = 0;
  let high = borders.length - 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (borders[middle + 1]! > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

export function ribbons() {
  let width = 340;
  let drawn: Described | null = null;
  let drawnWidth = 0;
  const role = (layer: Layer) => (layer.kind === "dense" ? "dense" : "convolution");
  const path = (name: string) => svg("path", { class: name });
  const parts = {
    convolution: { ribbon: path("ribbon convolution"), bar: path("bar convolution") },
    dense: { ribbon: path("ribbon dense"), bar: path("bar dense") },
  };
  const edges = path("edges");
  const hatch = path("hatch");
  const chosen = path("chosen");
  const chosenBars = path("chosen-bars");
  const upper = svg("text", { class: "total", x: 0, y: 15 });
  const lower = svg("text", { class: "total", x: 0, y: BELOW + THICK + 18 });
  const drawing = svg(
    "svg",
    { class: "strips", height: HEIGHT },
    parts.convolution.ribbon,
    parts.dense.ribbon,
    chosen,
    parts.convolution.bar,
    parts.dense.bar,
    hatch,
    edges,
    chosenBars,
    upper,
    lower,
  );
  const name = html("p", { class: "strips-name" });
  const element = html("div", { class: "course-network-strips" }, name, drawing);

  const box = (from: number, to: number, y: number) =>
    `M${px(from)},${y}H${px(to)}V${y + THICK}H${px(from)}Z`;
  const px = (share: number) => (share * width).toFixed(2);
  const ribbon = ({ upper: u, lower: l }: Spans, i: number) => {
    const [a, b, c, d] = [u[i]!, u[i + 1]!, l[i]!, l[i + 1]!].map(px) as [
      string,
      string,
      string,
      string,
    ];
    const [y0, y1] = [TOP + THICK, BELOW];
    const middle = (y0 + y1) / 2;
    return `M${a},${y0}C${a},${middle} ${c},${middle} ${c},${y1}H${d}C${d},${middle} ${b},${middle} ${b},${y0}Z`;
  };

  const strips = (found: Described) => {
    const both = spans(found);
    const paths = { convolution: ["", ""], dense: ["", ""] };
    let lines = "";
    let hatches = "";
    for (const [i, layer] of found.layers.entries()) {
      const [u0, u1] = [both.upper[i]!, both.upper[i + 1]!];
      const [l0, l1] = [both.lower[i]!, both.lower[i + 1]!];
      if (u1 === u0 && l1 === l0) continue;
      const own = paths[role(layer)];
      own[0] += ribbon(both, i);
      own[1] += box(u0, u1, TOP) + box(l0, l1, BELOW);
      if (u1 - u0 > EDGED) lines += `M${px(u1)},${TOP}v${THICK}`;
      if (l1 - l0 > EDGED) lines += `M${px(l1)},${BELOW}v${THICK}`;
      if (role(layer) === "dense") hatches += strokes(u0, u1, TOP) + strokes(l0, l1, BELOW);
    }
    for (const kind of ["convolution", "dense"] as const) {
      set(parts[kind].ribbon, { d: paths[kind][0]! });
      set(parts[kind].bar, { d: paths[kind][1]! });
    }
    set(edges, { d: lines });
    set(hatch, { d: hatches });
  };

  /** Slanted lines: fully-connected layers are known without their colour. */
  const strokes = (from: number, to: number, y: number) => {
    const [left, right] = [from * width, to * width];
    let d = "";
    for (let x = Math.ceil(left / 8) * 8; x + 6 <= right; x += 8) {
      d += `M${x},${y + THICK - 4}l6,${8 - THICK}`;
    }
    return d;
  };

  const draw = (found: Described, title: string, layer: number | null) => {
    if (drawn !== found || drawnWidth !== width) {
      drawn = found;
      drawnWidth = width;
      set(drawing, { width, viewBox: `0 0 ${width} ${HEIGHT}` });
      strips(found);
      text(upper, `${grouped(found.totals.parameters)} parameters`);
      text(lower, `${grouped(found.totals.multiplyAdds)} multiply-adds`);
    }
    text(name, title);
    const both = spans(found);
    set(chosen, { d: layer === null ? null : ribbon(both, layer) });
    const mark = (borders: Float64Array, y: number) => {
      const [from, to] = [borders[layer!]!, borders[layer! + 1]!];
      // What is too thin to see is marked all the same.
      const thin = Math.max(0, 2 / width - (to - from)) / 2;
      return box(Math.max(0, from - thin), Math.min(1, to + thin), y);
    };
    set(chosenBars, {
      d: layer === null ? null : mark(both.upper, TOP) + mark(both.lower, BELOW),
    });
  };
  /** The layer under a pointer. */
  const at = (found: Described, { clientX, clientY }: { clientX: number; clientY: number }) => {
    const { left, top, width: wide, height } = drawing.getBoundingClientRect();
    const both = spans(found);
    const low = clientY - top > height / 2;
    return layerAt(low ? both.lower : both.upper, (clientX - left) / wide);
  };
  const resize = (measured: number) => {
    if (measured === width) return false;
    width = measured;
    return true;
  };
  return { element, drawing, draw, at, resize };
}

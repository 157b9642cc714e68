/** What the worker has told of the image that it covers, and what it is asked. */

import script from "worker:./worker.ts";
import { placesAlong } from "../../core/occlusion.ts";
import { CLASSIFIER } from "../../data/scene-classifier.ts";
import { weightsOf } from "./network.ts";
import type { News, Order } from "./protocol.ts";
import type { Weights } from "./state.ts";
import { SIDE } from "./tones.ts";

interface Job {
  image: Float32Array;
  target: number;
  falls: Map<Weights, Float32Array>;
}

/** The last image that was asked about, for all demos of the page. */
let job: Job | null = null;

/** How far the score falls at each place, NaN where that is not known yet; null: not asked. */
export function coveringOf(
  image: Float32Array,
  target: number,
  weights: Weights,
): Float32Array | null {
  if (job?.image !== image || job.target !== target) return null;
  return job.falls.get(weights) ?? null;
}

/** @param told called after each piece of news. */
export function coverer(signal: AbortSignal, told: (complete: boolean) => void) {
  let worker: Worker | null = null;
  let number = 0;
  const sent = new Set<Weights>();

  const hear = ({ data }: MessageEvent<News>) => {
    if (data.job !== number) return;
    const falls = job?.falls.get(data.weights as Weights);
    if (!falls) return;
    falls.set(data.falls, data.from);
    told(!Number.isNaN(falls.at(-1)!));
  };

  const open = () => {
    const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
    const opened = new Worker(url);
    opened.addEventListener("message", hear);
    const close = () => {
      opened.terminate();
      URL.revokeObjectURL(url);
    };
    signal.addEventListener("abort", close, { once: true });
    return opened;
  };

  /** Ask about an image, unless that has been done. */
  return (image: Float32Array, target: number, weights: readonly Weights[]) => {
    const same = job?.image === image && job.target === target;
    if (same && weights.every((one) => job?.falls.has(one))) return;
    number += 1;
    const places = placesAlong(SIDE) ** 2;
    const known = same ? job!.falls : new Map<Weights, Float32Array>();
    const complete = (one: Weights) => !Number.isNaN(known.get(one)?.at(-1) ?? Number.NaN);
    const wanted = weights.filter((one) => !complete(one));
    for (const one of wanted) known.set(one, new Float32Array(places).fill(Number.NaN));
    job = { image, target, falls: known };
    const order: Order = { job: number, image, target, weights: wanted, sets: {} };
    if (!worker) order.network = CLASSIFIER;
    for (const one of wanted) {
      if (!sent.has(one)) order.sets[one] = weightsOf(one);
      sent.add(one);
    }
    worker ??= open();
    worker.postMessage(order);
  };
}

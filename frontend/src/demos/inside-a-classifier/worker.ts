/** Covers an image place after place, and tells how far a score falls: beside the page. */

import binaries from "virtual:inference";
import { Runner } from "../../core/inference/runner.ts";
import { covered, placesAlong } from "../../core/occlusion.ts";
import type { News, Order } from "./protocol.ts";

/** Passes between two looks at whether something newer has been asked. */
const PIECE = 10;

const sets = new Map<string, Float32Array>();
let runner: Runner | null = null;
let loaded = "";
let newest: Order | null = null;
let busy = false;

const rest = () => new Promise((done) => setTimeout(done));

async function work(): Promise<void> {
  if (busy) return;
  busy = true;
  for (let order = newest; order; order = newest) {
    newest = null;
    for (const weights of order.weights) await cover(order, weights);
  }
  busy = false;
}

async function cover({ job, image, target, network }: Order, weights: string): Promise<void> {
  if (newest) return;
  runner ??= network ? await Runner.start(network, binaries) : null;
  if (!runner) return;
  if (loaded !== weights) runner.load(sets.get(weights)!);
  loaded = weights;
  const side = runner.shape("image")[1];
  const count = placesAlong(side) ** 2;
  const score = (seen: Float32Array) => {
    runner!.run(seen);
    return runner!.map().values[target]!;
  };
  const whole = score(image);
  for (let from = 0; from < count; from += PIECE) {
    const falls = Float32Array.from(
      { length: Math.min(PIECE, count - from) },
      (_, i) => whole - score(covered(image, side, from + i)),
    );
    const news: News = { job, weights, from, falls };
    postMessage(news);
    await rest();
    if (newest) return;
  }
}

addEventListener("message", ({ data }: MessageEvent<Order>) => {
  for (const [name, numbers] of Object.entries(data.sets)) sets.set(name, numbers);
  // What was not taken up yet may have brought the network.
  newest = { ...data, network: data.network ?? newest?.network };
  void work();
});

/** Trains one network, beside the page: a piece of some milliseconds, then a rest. */

import binaries from "virtual:training";
import { compile } from "../../core/arithmetic.ts";
import { LENGTH, permuted, published, type Samples, TEST, TRAIN } from "../../core/mnist1d.ts";
import { pixelOrder } from "../../core/networks.ts";
import { learningRate, type Recipe, Trainer } from "../../core/trainer.ts";
import {
  due,
  KERNELS,
  type LastStep,
  type News,
  type Order,
  type Point,
  TAPS,
} from "./protocol.ts";

const PIECE_MS = 24;
/** In it orders arrive, and the page finds the processor free for what the reader does. */
const REST_MS = 4;
const NEWS_MS = 180;
const WEIGHTS = KERNELS * TAPS;

/** What a worker has of its own: the page's types know no workers. */
const post = (message: News | { broken: string }) =>
  (globalThis as unknown as { postMessage(m: unknown): void }).postMessage(message);

const module = compile(binaries);
const samples = published();

let data: Samples = samples;
let trainer: Trainer | null = null;
let recipe: Recipe;
let sample = 0;
let run = 0;
let until = 0;
let training = false;
let waiting = false;
let points: Point[] = [];
/** The step of the newest point. */
let measured = -1;
let lastStep: LastStep | null = null;
let toldAt = 0;
/** Where and when the present stretch of training began. */
let began = { at: 0, step: 0 };

async function obey(order: Order): Promise<void> {
  if (order.type === "start") {
    const { network, seed, batchSize } = order.start;
    const x = order.start.permuted ? permuted(samples.x, pixelOrder(seed)) : samples.x;
    data = { x, y: samples.y };
    trainer = new Trainer(await module, network, data, { seed, batchSize });
    ({ run, recipe, sample } = order);
    training = false;
    lastStep = null;
    points = [measure(trainer)];
    began = { at: performance.now(), step: 0 };
    tell(trainer);
    return;
  }
  if (trainer === null) return;
  if (order.type === "recipe") recipe = order.recipe;
  if (order.type === "pause") training = false;
  if (order.type === "look") {
    sample = order.sample;
    if (!training) tell(trainer);
  }
  if (order.type === "train" || order.type === "step") {
    until = order.type === "train" ? order.until : trainer.step + 1;
    if (training || trainer.step >= until) return;
    training = true;
    began = { at: performance.now(), step: trainer.step };
    goOn();
  }
}

function goOn(): void {
  if (waiting) return;
  waiting = true;
  setTimeout(piece, REST_MS);
}

function piece(): void {
  waiting = false;
  if (trainer === null) return;
  if (!training) {
    tell(trainer);
    return;
  }
  const end = performance.now() + PIECE_MS;
  for (let ended = false; !ended; ) {
    trainer.advance(recipe);
    training = trainer.step < until;
    ended = !training || performance.now() >= end;
    // Before anything else goes through the network: the gradients' parts lie there.
    if (ended) lastStep = dissect(trainer);
    if (!training || due(trainer.step)) points.push(measure(trainer));
  }
  if (!training || performance.now() - toldAt > NEWS_MS) tell(trainer);
  if (training) goOn();
}

function measure(trainer: Trainer): Point {
  measured = trainer.step;
  const train = trainer.evaluate(0, TRAIN);
  const test = trainer.evaluate(TRAIN, TEST);
  return {
    step: trainer.step,
    trainError: train.error,
    testError: test.error,
    trainLoss: train.loss,
    testLoss: test.loss,
  };
}

function dissect(trainer: Trainer): LastStep | null {
  if (trainer.name !== "convolutional") return null;
  const rate = learningRate(recipe, trainer.step - 1);
  const first = (values: Float32Array) => [...values.subarray(0, WEIGHTS)];
  const after = first(trainer.parameters());
  const velocity = first(trainer.velocities());
  return {
    rate,
    before: after.map((weight, i) => weight + rate * velocity[i]!),
    after,
    gradient: first(trainer.gradients()),
    velocity,
    contributions: after.map((_, i) => trainer.contributions(Math.floor(i / TAPS), i % TAPS)),
  };
}

function tell(trainer: Trainer): void {
  const now = performance.now();
  // Where training rests, the numbers are those of the very step.
  if (!training && measured !== trainer.step) points.push(measure(trainer));
  const { name: network, step } = trainer;
  const steps = step - began.step;
  const index = TRAIN + sample;
  post({
    run,
    network,
    step,
    training,
    points,
    loss: Number.isNaN(trainer.loss) ? null : trainer.loss,
    speed: steps > 0 ? (1000 * steps) / (now - began.at) : null,
    layers: trainer.look(index),
    input: [...data.x.subarray(index * LENGTH, (index + 1) * LENGTH)],
    label: data.y[index]!,
    kernels: network === "convolutional" ? [...trainer.parameters().subarray(0, WEIGHTS)] : [],
    lastStep,
  });
  points = [];
  toldAt = now;
}

/** One order after the other, also while the arithmetic is still being compiled. */
let orders = Promise.resolve();
addEventListener("message", ({ data }: MessageEvent<Order>) => {
  orders = orders.then(() => obey(data)).catch((error) => post({ broken: String(error) }));
});

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { activations, arithmetic, gradient } from "../../src/core/activations.ts";
import { scores } from "../../src/core/network.ts";
import { errorsOf, placed, shifted, testExamples } from "../../src/core/test-errors.ts";
import { type NetworkName, network, samples } from "../../src/data/mnist1d.ts";
import { PLACES, SHIFTS } from "../../src/demos/inside-mnist-1d/state.ts";
import { deviation } from "./golden.ts";

interface Golden {
  gradients: {
    network: NetworkName;
    sample: number;
    layer: number;
    unit: number;
    sum: number;
    gradient: number[];
  }[];
  errors: { kind: "shift" | "place"; index: number; errors: number[] }[];
}

const file = new URL("../golden/inside-mnist-1d.json", import.meta.url);
const golden: Golden = JSON.parse(readFileSync(file, "utf8"));

test("the gradient of every score and of units within is torch's to 1e-5, in every network", () => {
  assert.ok(golden.gradients.length >= 200);
  for (const { network: name, sample, layer, unit, ...expected } of golden.gradients) {
    const layers = network(name);
    const all = activations(layers, samples()[sample]!.values);
    const where = `${name}, sample ${sample}, layer ${layer}, unit ${unit}`;
    assert.ok(Math.abs(all.sums[layer]![unit]! - expected.sum) < 1e-5, where);
    const off = deviation([...gradient(layers, all, layer, unit)], expected.gradient);
    assert.ok(off < 1e-5, `${where}: off by ${off}`);
  }
});

test("a unit's bias and products add up to its sum, whatever the layer", () => {
  for (const name of ["convolutional", "pooled", "fullyConnected"] as const) {
    const layers = network(name);
    const all = activations(layers, samples()[3]!.values);
    for (const [layer, sums] of all.sums.entries()) {
      for (const unit of [0, sums.length >> 1, sums.length - 1]) {
        const { bias, terms, sum } = arithmetic(layers, all, layer, unit);
        const total = terms.reduce((so, { product }) => so + product, bias);
        assert.ok(Math.abs(total - sums[unit]!) < 1e-9, `${name}, layer ${layer}, unit ${unit}`);
        assert.equal(sum, sums[unit]);
      }
    }
    assert.deepEqual(all.values.at(-1), scores(layers, samples()[3]!.values));
  }
});

test("a mean over positions hears of all of them alike", () => {
  const layers = network("pooled");
  const all = activations(layers, samples()[0]!.values);
  const { bias, terms } = arithmetic(layers, all, 3, 2);
  assert.equal(bias, 0);
  assert.deepEqual(
    terms.map(({ source, weight }) => [source, weight]),
    [8, 9, 10, 11].map((source) => [source, 0.25]),
  );
});

test("the errors over the 1,000 test examples are torch's", () => {
  const examples = testExamples();
  assert.equal(examples.length, 1000);
  const networks = [network("convolutional"), network("pooled")];
  for (const { kind, index, errors } of golden.errors) {
    const found = errorsOf(networks, examples, (example) =>
      kind === "place" ? placed(example, PLACES[index]!) : shifted(example, SHIFTS[index]!),
    );
    // An example on the border of two classes may fall to either side.
    assert.ok(deviation(found, errors) <= 0.002, `${kind} ${index}: ${found} for ${errors}`);
  }
});

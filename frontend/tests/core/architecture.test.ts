import assert from "node:assert/strict";
import { test } from "node:test";
import { describe, sorted } from "../../src/core/architecture.ts";
import { ARCHITECTURES } from "../../src/data/architectures.ts";
import golden from "../golden/architectures.json" with { type: "json" };

test("every layer has the shape, the counts and the field that torch gives it", () => {
  for (const { network, size, count, totals, rows } of golden.networks) {
    const found = describe(ARCHITECTURES[network]!, size);
    assert.equal(found.layers.length, count, network);
    assert.deepEqual(found.totals, totals, `${network} at ${size}`);
    const plain = found.layers
      .slice(-rows.length)
      .map((layer) => [
        layer.name,
        [...layer.shape],
        layer.parameters,
        layer.multiplyAdds,
        layer.activations,
        layer.reads,
      ]);
    assert.deepEqual(plain, rows, `${network} at ${size}`);
  }
});

test("sorting puts the greatest first and keeps the order of equals", () => {
  const { layers } = describe(ARCHITECTURES["vgg-19"]!, 224);
  assert.equal(sorted(layers, "order"), layers);
  const heaviest = sorted(layers, "parameters");
  assert.equal(heaviest[0]!.parameters, 102_764_544);
  const busiest = sorted(layers, "multiply-adds").map((layer) => layer.multiplyAdds);
  assert.deepEqual(
    busiest,
    [...busiest].sort((a, b) => b - a),
  );
  const idle = sorted(layers, "multiply-adds").filter((layer) => layer.multiplyAdds === 0);
  assert.deepEqual(
    idle.map((layer) => layer.order),
    idle.map((layer) => layer.order).sort((a, b) => a - b),
  );
});

test("an image of a size that is not described is refused", () => {
  assert.throws(() => describe(ARCHITECTURES.alexnet!, 100), /images of 100/);
});

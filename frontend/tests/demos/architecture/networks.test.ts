import assert from "node:assert/strict";
import { test } from "node:test";
import {
  brief,
  kindOf,
  layerLines,
  networkName,
  percent,
  ratioSentence,
  shareSentence,
} from "../../../src/demos/architecture/network-sentences.ts";
import { networkSnippet } from "../../../src/demos/architecture/network-snippet.ts";
import {
  checkNetwork,
  described,
  type NetworkState,
  networkOutput,
  positionOf,
  rowsOf,
  settleNetwork,
  sizeFor,
} from "../../../src/demos/architecture/network-state.ts";
import { layerAt, spans } from "../../../src/demos/architecture/ribbons.ts";

const state = (change: { [Key in keyof NetworkState]?: unknown } = {}) =>
  ({
    network: "alexnet",
    other: null,
    image_size: null,
    listed: "with weights",
    sort: "order",
    layer: 0,
    ...change,
  }) as NetworkState;

test("AlexNet's dense layers hold 96 % of the parameters and do 8 % of the work", () => {
  const words = shareSentence(described("alexnet", 227));
  assert.match(words, /hold 96.2 % of the parameters and do 8.1 % of the multiply-adds/);
  assert.match(words, /233 MiB in float32/);
  assert.match(shareSentence(described("resnet-50", 224)), /^The fully-connected layer holds/);
  assert.match(shareSentence(described("u-net", 572)), /^No fully-connected layer/);
});

test("a layer's lines say how its numbers come about", () => {
  const { layers, totals } = described("alexnet", 227);
  const lines = layerLines(layers[2]!, totals, 227, 2);
  assert.match(lines[0]!, /convolution 5×5, 2 groups, output 256 × 27 × 27/);
  assert.match(lines[1]!, /96·256·5²\/2 groups \+ 256 = 307,456/);
  assert.match(lines[2]!, /used at 729 positions, so 223,948,800, 30.9 % of all/);
  assert.equal(lines[3], "One unit reads 51 × 51 pixels.");
  const dense = layers.at(-1)!;
  assert.match(layerLines(dense, totals, 227, 2)[3]!, /more than the 227 there are/);
  assert.match(layerLines(layers[1]!, totals, 227, 2)[1]!, /No parameters/);
});

test("kinds, shares and counts are short and exact", () => {
  const { layers } = described("efficientnet-lite0", 224);
  assert.ok(layers.some((layer) => kindOf(layer).startsWith("depthwise 5×5")));
  assert.equal(
    kindOf(described("mnist-1d-convolutional", 40).layers[0]!, 1),
    "convolution 3, stride 2",
  );
  assert.deepEqual([0, 0.0004, 0.5, 1].map(percent), ["0 %", "< 0.1 %", "50.0 %", "100.0 %"]);
  assert.deepEqual([999, 37_752_832, 19_632_062_464].map(brief), ["999", "37.8 M", "19.6 G"]);
  assert.equal(networkName("vgg-16", 448), "VGG-16, 448 × 448");
});

test("two networks are compared both ways", () => {
  const [one, two] = [described("alexnet", 227).totals, described("resnet-50", 224).totals];
  assert.equal(
    ratioSentence(one, two, "ResNet-50"),
    "ResNet-50 has 1/2.4 of the parameters, and does 5.6 times the multiply-adds.",
  );
});

test("rows are those that multiply, or all, and the chosen one is found among them", () => {
  assert.equal(rowsOf(state()).length, 8);
  assert.equal(rowsOf(state({ listed: "all" })).length, 11);
  assert.equal(rowsOf(state({ sort: "parameters" }))[0]!.order, 8);
  assert.equal(positionOf(state({ layer: 8, sort: "parameters" })), 0);
  // A pooling is not listed: the next layer that is takes its place.
  assert.equal(positionOf(state({ layer: 1 })), 1);
});

test("another network lets go of what it does not have; impossible traits are refused", () => {
  const last = state({ network: "vgg-16", image_size: 448, layer: 20 });
  const next = settleNetwork({ ...last, network: "alexnet" }, last);
  assert.deepEqual([next.image_size, next.layer], [null, 0]);
  assert.equal(settleNetwork({ ...last, network: "vgg-19" }, last).image_size, 448);
  const bad = {
    network: "lenet",
    other: "lenet",
    image_size: 100,
    listed: "some",
    sort: "name",
    layer: 11,
  };
  for (const [trait, value] of Object.entries(bad)) {
    assert.equal(checkNetwork(state({ [trait]: value }))?.control, trait);
  }
  assert.equal(checkNetwork(state({ other: "vgg-11", image_size: 224, layer: 10 })), null);
});

test("the network beside takes the same image if it can", () => {
  assert.equal(sizeFor("vgg-16", 448), 448);
  assert.equal(sizeFor("alexnet", 448), 227);
  assert.equal(sizeFor("u-net", null), 572);
});

test("a point of a strip finds its layer, thin ones too", () => {
  for (const name of ["alexnet", "stacked-hourglass", "efficientnet-lite0"]) {
    const found = described(name, sizeFor(name, null));
    const { upper, lower } = spans(found);
    for (const borders of [upper, lower]) {
      assert.ok(Math.abs(borders.at(-1)! - 1) < 1e-9);
      for (let i = 0; i + 1 < borders.length; i++) {
        if (borders[i + 1]! - borders[i]! < 1e-9) continue;
        assert.equal(layerAt(borders, (borders[i]! + borders[i + 1]!) / 2), i);
      }
      assert.ok(layerAt(borders, 2) < found.layers.length);
    }
  }
});

test("the code tells a network only what differs from its own image", () => {
  const line = (change: object) => networkSnippet(state(change))[2]!.code;
  assert.equal(line({}), 'network = build("alexnet", device="meta")');
  assert.equal(
    line({ image_size: 224 }),
    'network = build("alexnet", device="meta", image_size=224)',
  );
  assert.equal(
    line({ network: "yolo", image_size: 320 }),
    'network = build("yolo", device="meta", grid=5)',
  );
  assert.equal(
    line({ network: "resnet-18", image_size: 320 }),
    'network = build("resnet-18", device="meta")',
  );
  assert.equal(networkOutput(state()).layer.shape.join(), "96,55,55");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { snippet } from "../../../src/demos/convolution-1d/snippet.ts";
import type { State } from "../../../src/demos/convolution-1d/state.ts";
import { state } from "./states.ts";

const code = (given: State) => snippet(given).map((line) => line.code);

test("the snippet defines, pads, convolves and prints", () => {
  assert.deepEqual(code(state({ signal: [1, -2.5], kernel: [1, 0, -1], stride: 2 })), [
    "import torch",
    "import torch.nn.functional as F",
    "",
    "x = torch.tensor([[[1, -2.5]]], dtype=torch.float64)",
    "w = torch.tensor([[[1, 0, -1]]], dtype=torch.float64)",
    "x = F.pad(x, (1, 1))",
    "z = F.conv1d(x, w, stride=2, dilation=1)",
    "print(z.flatten().tolist())",
  ]);
});

test("numbers stand in full, not as the picture rounds them", () => {
  assert.match(code(state({ kernel: [1 / 3] })).join("\n"), /0\.3333333333333333/);
});

test("each padding is asked for by torch's name, and valid by none", () => {
  const padding = (name: string) => code(state({ padding: name })).filter((c) => /F\.pad/.test(c));
  assert.deepEqual(padding("valid"), []);
  assert.deepEqual(padding("zeros"), ["x = F.pad(x, (1, 1))"]);
  for (const name of ["reflect", "replicate", "circular"]) {
    assert.deepEqual(padding(name), [`x = F.pad(x, (1, 1), mode="${name}")`]);
  }
});

test("a shift is a roll where the signal is circular, else a crop, or nothing is left", () => {
  const moved = (change: Parameters<typeof state>[0]) => code(state(change))[5];
  assert.equal(moved({ shift: 2, padding: "circular" }), "x = torch.roll(x, 2, dims=-1)");
  assert.equal(moved({ shift: -2 }), "x = F.pad(x, (-2, 2))  # move");
  assert.equal(moved({ shift: 6 }), "x = torch.zeros_like(x)  # all moved out");
});

test("an even kernel is padded more on the right", () => {
  assert.match(code(state({ kernel: [1, 1, 1, 1] })).join("\n"), /F\.pad\(x, \(1, 2\)\)/);
});

test("each line says which part of the picture it speaks of", () => {
  const about = snippet(state({ padding: "reflect" })).flatMap((line) => line.about ?? []);
  assert.deepEqual(about, ["input", "kernel", "padding", "output", "output"]);
});

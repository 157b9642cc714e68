/** The state as PyTorch: it runs as it stands and prints the demo's numbers. */

import { rowsOf } from "../../core/convolution2d.ts";
import type { CodeLine } from "../../ui/code.ts";
import { given } from "./computed.ts";
import { SMALL } from "./shapes.ts";
import { type State, stamping } from "./state.ts";

const DOUBLE = "dtype=torch.float64";

export function snippet(state: State): CodeLine[] {
  const start = ["import torch", "import torch.nn.functional as F", ""].map((code) => ({ code }));
  if (state.view === "stamps") return [...start, ...signal(state)];
  const lines = { down, up, checkerboard: spread }[state.view](state);
  const bytes = inBytes(state) ? [{ code: "from base64 import b64decode" }, { code: "" }] : [];
  return [
    ...bytes,
    ...start,
    ...image(state),
    ...lines,
    { code: "print(z[0, 0].tolist())", about: "output" },
  ];
}

/** Many grey levels take less room as bytes; but from Python a level need not be whole. */
const inBytes = (state: State) =>
  state.source !== "numbers" && given(state).values.every(Number.isInteger);

const list = (values: readonly number[]) => `[${values.join(", ")}]`;

function signal(state: State): CodeLine[] {
  const { signal: values, kernel, round_trip } = state;
  const { stride, padding, extra } = stamping(state);
  const steps = `stride=${stride}, padding=${padding}`;
  const more = extra > 0 ? `, output_padding=${extra}` : "";
  const name = round_trip ? "x" : "y";
  return [
    { code: `${name} = torch.tensor([[${list(values)}]], ${DOUBLE})`, about: "input" },
    { code: `w = torch.tensor([[${list(kernel)}]], ${DOUBLE})`, about: "kernel" },
    ...(round_trip ? [{ code: `y = F.conv1d(x, w, ${steps})  # A x`, about: "input" }] : []),
    { code: `z = F.conv_transpose1d(y, w, ${steps}${more})  # Aᵀ y`, about: "output" },
    { code: "print(z[0].tolist())", about: "output" },
  ];
}

function image(state: State): CodeLine[] {
  const { rows, values } = given(state);
  if (!inBytes(state)) {
    const lines = rowsOf(given(state)).map(list).join(", ");
    return [{ code: `x = torch.tensor([[[${lines}]]], ${DOUBLE})`, about: "input" }];
  }
  const bytes = btoa(String.fromCharCode(...values));
  return [
    { code: `pixels = b64decode("${bytes}")`, about: "input" },
    { code: `x = torch.tensor(list(pixels), ${DOUBLE})`, about: "input" },
    { code: `x = x.reshape(1, 1, ${rows}, -1)`, about: "input" },
  ];
}

function down(state: State): CodeLine[] {
  const { size, stride, shift_down, shift_right } = state;
  const moved = shift_down !== 0 || shift_right !== 0;
  const calls = {
    "every other": `x[:, :, ::${stride}, ::${stride}]`,
    max: `F.max_pool2d(x, ${size}, stride=${stride})`,
    mean: `F.avg_pool2d(x, ${size}, stride=${stride})`,
  };
  return [
    ...(moved
      ? [{ code: `x = torch.roll(x, (${shift_down}, ${shift_right}), (2, 3))`, about: "input" }]
      : []),
    { code: `z = ${calls[state.down]}`, about: "output" },
  ];
}

function up(state: State): CodeLine[] {
  const { stride } = state;
  const { rows, columns } = given(state);
  const fits = [rows, columns].map((n) => Math.floor(n / stride) * stride);
  const cut = fits[0] !== rows || fits[1] !== columns;
  const calls = {
    duplicate: `F.interpolate(y, scale_factor=${stride})`,
    unpooling: `F.max_unpool2d(y, places, ${stride})`,
    bilinear: `F.interpolate(y, scale_factor=${stride}, mode="bilinear")`,
  };
  return [
    ...(cut ? [{ code: `x = x[:, :, :${fits[0]}, :${fits[1]}]`, about: "input" }] : []),
    { code: `y, places = F.max_pool2d(x, ${stride}, return_indices=True)`, about: "small" },
    { code: `z = ${calls[state.up]}`, about: "output" },
  ];
}

function spread(state: State): CodeLine[] {
  const { kernel, stride, padding } = state;
  const by = given(state).rows / SMALL;
  const shrunk = state.source !== "numbers" && by !== 1;
  const before = Math.floor((kernel.length - 1) / 2);
  const after = kernel.length - 1 - before;
  const sides = [before, after, before, after].join(", ");
  const steps = `stride=${stride}, padding=${padding}`;
  const calls: Record<State["spread"], string[]> = {
    transposed: [`z = F.conv_transpose2d(x, w, ${steps})`],
    stamps: [`z = F.conv_transpose2d(x * 0 + 1, w * 0 + 1, ${steps})`],
    resized: [
      `d = F.interpolate(x, scale_factor=${stride})`,
      `z = F.conv2d(F.pad(d, (${sides}), mode="replicate"), w)`,
    ],
  };
  return [
    ...(shrunk ? [{ code: `x = F.avg_pool2d(x, ${by})`, about: "input" }] : []),
    { code: `k = torch.tensor(${list(kernel)}, ${DOUBLE})`, about: "kernel" },
    { code: "w = torch.outer(k, k)[None, None]", about: "kernel" },
    ...calls[state.spread].map((code) => ({ code, about: "output" })),
  ];
}

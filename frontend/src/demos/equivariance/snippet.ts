/** The state as PyTorch: it runs as it stands and prints f[t[x]] and what it is compared with. */

import {
  answersOnce,
  edgeKernels,
  kernelOf,
  strideOf,
  THRESHOLD,
  WEIGHT_SEED,
  weightsOf,
} from "../../core/equivariance.ts";
import type { Grid } from "../../core/grid.ts";
import { prototypes } from "../../core/shapes.ts";
import type { CodeLine } from "../../ui/code.ts";
import { compare } from "./comparison.ts";
import { inputGrid, type State } from "./state.ts";

export function snippet(state: State): CodeLine[] {
  const { expected, steps } = compare(state);
  const x = inputGrid(state);
  const lines: CodeLine[] = [
    { code: "import torch" },
    { code: "import torch.nn.functional as F" },
    { code: "" },
    { code: "torch.set_default_dtype(torch.float64)" },
    { code: `x = ${tensor(x)}`, about: "input" },
    { code: "" },
  ];
  const random = state.function === "fully-connected" || state.transform === "permute";
  if (random) lines.push(...plain(UNIFORM), { code: "" });
  lines.push(...marked(transformCode(state), "transform"), { code: "" });
  lines.push(...marked(functionCode(state, x), "output"), { code: "" });
  const one = x.rows === 1;
  const by = (right: number, down: number) =>
    state.transform !== "translate" ? "" : one ? `, ${right}` : `, ${right}, ${down}`;
  const move = by(state.shift, state.down);
  lines.push({ code: `print(f(t(x${move})).flatten().tolist())`, about: "output" });
  if (!expected) return lines;
  const again = steps === null ? move : by(steps.right, steps.down);
  const other = answersOnce(state.function) ? "f(x)" : `t(f(x)${again})`;
  lines.push({ code: `print(${other}.flatten().tolist())`, about: "output" });
  return lines;
}

const plain = (code: readonly string[]): CodeLine[] => code.map((line) => ({ code: line }));
const marked = (code: readonly string[], about: string): CodeLine[] =>
  code.map((line) => ({ code: line, about }));

/** A grid as a batch of one, with one channel; also a signal has its one row. */
function tensor({ rows, columns, values }: Grid): string {
  return `torch.tensor([${values.join(", ")}], dtype=torch.float64).reshape(1, 1, ${rows}, ${columns})`;
}

const UNIFORM = [
  "def uniform(seed, count):  # the generator Mulberry32",
  "    s = seed + 0x6D2B79F5 * torch.arange(1, count + 1) & 0xFFFFFFFF",
  "    u = (s ^ s >> 15) * (s | 1) & 0xFFFFFFFF",
  "    u ^= u + (u ^ u >> 7) * (u | 61) & 0xFFFFFFFF",
  "    return (u ^ u >> 14) / 2**32",
];

function transformCode(state: State): string[] {
  const circular = state.border === "circular";
  const one = state.dimensions === 1;
  switch (state.transform) {
    case "translate": {
      const [names, zero] = one ? ["right", "0"] : ["right, down", "down"];
      if (circular) {
        return [`def t(z, ${names}):`, `    return torch.roll(z, (${zero}, right), dims=(2, 3))`];
      }
      return [
        `def t(z, ${names}):`,
        "    a, b = z.shape[2:]",
        "    z = F.pad(z, (b, b, a, a))",
        `    return torch.roll(z, (${zero}, right), dims=(2, 3))[:, :, a:-a, b:-b]`,
      ];
    }
    case "permute":
      return [
        "def t(z):",
        `    order = uniform(${state.permutation}, z.numel()).argsort()`,
        "    return z.flatten()[order].reshape(z.shape)",
      ];
    default:
      return sampling(state, circular);
  }
}

/** Rotation and scale: read each place where it comes from, with torch's bilinear sampling. */
function sampling(state: State, circular: boolean): string[] {
  const turned = state.transform === "rotate";
  const from = turned
    ? ["cos * dx - sin * dy", "sin * dx + cos * dy"]
    : [`dx * ${100 / state.scale}`, `dy * ${100 / state.scale}`];
  const angle = turned
    ? [
        `    turn = torch.deg2rad(torch.tensor(${state.angle}.0))`,
        "    cos, sin = turn.cos(), turn.sin()",
      ]
    : [];
  return [
    "def t(z):",
    "    rows, columns = z.shape[2:]",
    "    dy, dx = torch.meshgrid(",
    "        *(torch.arange(n) - (n - 1) / 2 for n in (rows, columns)), indexing='ij'",
    "    )",
    ...angle,
    `    px, py = ${from[0]}, ${from[1]}`,
    // On a ring the grid stands among copies of itself.
    ...(circular
      ? [
          "    z = torch.cat([z] * 3, dim=3)",
          "    z = torch.cat([z] * 3, dim=2) if rows > 1 else z",
        ]
      : []),
    "    a, b = (max((n - 1) / 2, 1) for n in z.shape[2:])",
    "    at = torch.stack([px / b, py / a], dim=-1)[None]",
    "    return F.grid_sample(z, at, align_corners=True)",
  ];
}

function functionCode(state: State, x: Grid): string[] {
  const flat = x.rows === 1;
  const pad = paddingCode(state, flat);
  switch (state.function) {
    case "convolution":
    case "stride-2":
      return [
        ...kernelCode("w", [weightsOf(state, flat)]),
        "",
        "def f(z):",
        `    return F.conv2d(${pad}, w, stride=${strideOf(state.function)})`,
      ];
    case "max-pool":
      return ["def f(z):", `    return F.max_pool2d(z, (${flat ? 1 : 2}, 2))`];
    case "mean-pool":
      return ["def f(z):", "    return z.mean()"];
    case "fully-connected":
      return [
        "n = x.numel()",
        `W = (2 * uniform(${WEIGHT_SEED}, n * n) - 1).reshape(n, n) * (3 / n) ** 0.5`,
        "",
        "def f(z):",
        "    return (W @ z.flatten()).reshape(z.shape)",
      ];
    case "segmenter":
      return [
        ...kernelCode("w", [kernelOf("gaussian", flat)]),
        "",
        "def f(z):",
        "    for _ in range(2):",
        `        z = F.conv2d(${pad}, w)`,
        `    return (z > ${THRESHOLD}) * 1.0`,
      ];
    case "classifier":
      return classifierCode(state, x, pad);
  }
}

function classifierCode(state: State, x: Grid, pad: string): string[] {
  const shapes = prototypes(x.rows, x.columns).map((p) => `    [${p.values.join(", ")}],`);
  const head = state.head === "flatten" ? "h.flatten(1)" : "h.mean((2, 3))";
  return [
    ...kernelCode("w", edgeKernels(x.rows === 1)),
    "shapes = torch.tensor([",
    ...shapes,
    `], dtype=torch.float64).reshape(3, 1, ${x.rows}, ${x.columns})`,
    "",
    "def features(z):",
    `    h = F.relu(F.conv2d(${pad}, w))`,
    `    return ${head}`,
    "",
    "def f(z):",
    "    known = features(shapes)",
    "    between = torch.cdist(known, known) ** 2",
    "    T = between.sum() / 48",
    "    return F.softmax(-((features(z) - known) ** 2).sum(1) / T, dim=0)",
  ];
}

function paddingCode({ border }: State, flat: boolean): string {
  const mode = border === "circular" ? ", mode='circular'" : "";
  return `F.pad(z, (1, 1, ${flat ? "0, 0" : "1, 1"})${mode})`;
}

function kernelCode(name: string, kernels: readonly (readonly (readonly number[])[])[]): string[] {
  const rows = kernels[0]!.length;
  const weights = kernels.map((kernel) => kernel.flat().join(", "));
  if (kernels.length === 1) {
    const values = `[${weights[0]}], dtype=torch.float64`;
    return [`${name} = torch.tensor(${values}).reshape(1, 1, ${rows}, 3)`];
  }
  return [
    `${name} = torch.tensor([`,
    ...weights.map((line) => `    [${line}],`),
    `], dtype=torch.float64).reshape(${kernels.length}, 1, ${rows}, 3)`,
  ];
}

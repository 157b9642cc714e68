/** The state as Python: it runs as it stands and prints the demo's forty numbers. */

import { DATA_SET } from "../../core/sampler.ts";
import type { CodeLine } from "../../ui/code.ts";
import { EDITS, STRENGTHS, type State } from "./state.ts";

const PUBLISHED = {
  correlated_noise: DATA_SET.strengths.correlated,
  white_noise: DATA_SET.strengths.white,
} as const;

export function snippet(state: State): CodeLine[] {
  const { digit, template, seed, example } = state;
  const edits = EDITS.filter((name) => state[name] !== null).map((n) => `${n}=${state[n]}`);
  const strengths = STRENGTHS.filter((name) => state[name] !== PUBLISHED[name]).map(
    (name) => `${name}=${state[name]}`,
  );
  const own = template.length > 0;
  const names = [
    ...(strengths.length > 0 ? ["Settings"] : []),
    ...(example === null ? ["draw"] : ["published_draw"]),
    "sample_stages",
    ...(own ? [] : ["template"]),
  ];
  const settings = strengths.length > 0 ? ", settings" : "";
  const lines: CodeLine[] = [];
  if (edits.length > 0) lines.push({ code: "from dataclasses import replace" });
  if (own || example === null) lines.push({ code: "import numpy as np" });
  lines.push({ code: `from course_lib.datasets import ${names.join(", ")}` }, { code: "" });
  lines.push({
    code: own
      ? `shape = np.array([${template.map(python).join(", ")}])`
      : `shape = template(${digit})`,
    about: "input",
  });
  lines.push({
    code:
      example === null
        ? `draws = draw(np.random.RandomState(${seed}))`
        : `_, draws = published_draw(${example})`,
    about: "change",
  });
  if (edits.length > 0) {
    lines.push({ code: `draws = replace(draws, ${edits.join(", ")})`, about: "change" });
  }
  if (strengths.length > 0) {
    lines.push({ code: `settings = Settings(${strengths.join(", ")})`, about: "change" });
  }
  lines.push(
    { code: `stages = sample_stages(shape, draws${settings})`, about: "output" },
    { code: "for stage in stages:" },
    { code: "    print(stage.name, stage.values.shape)" },
    { code: "print(stages[-1].values.tolist())", about: "output" },
  );
  return lines;
}

/** With a point, so that an array of whole numbers is one of floats. */
const python = (value: number) => (Number.isInteger(value) ? `${value}.0` : String(value));

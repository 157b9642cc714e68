/**
 * Draws a demo's first frame where there is no browser: one request a line, one answer a line.
 *
 * The book shows this picture until the demo starts, in print, and where scripts are off; it is
 * made by the demo's own code, so it differs from the demo by less than a pixel shows.
 */

import { createInterface } from "node:readline";
import { demos } from "virtual:demos";
import type { AnyModel } from "@anywidget/types";
import { parseHTML } from "linkedom";
import { roundCoordinates } from "./coordinates.ts";
import { StaticModel } from "./model.ts";

interface Request {
  name: string;
  id?: string;
  state: Record<string, unknown>;
}

export function prerender({ name, id, state }: Request): string {
  const module = demos[name];
  if (!module) throw new Error(`there is no demo ${name}: ${Object.keys(demos).join(", ")}`);
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  Object.assign(globalThis, { document });
  const el = document.createElement("div") as unknown as HTMLElement;
  el.className = "course-demo";
  el.dataset.demo = name;
  el.dataset.host = "static";
  if (id) el.id = id;
  document.body.append(el as never);
  const controller = new AbortController();
  const model = new StaticModel({ ...state, link_problem: null }) as unknown as AnyModel;
  module.render({ model, el, signal: controller.signal } as never);
  roundCoordinates(el);
  const drawn = el.innerHTML;
  controller.abort();
  return drawn;
}

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() === "") continue;
  let answer: { html: string } | { error: string };
  try {
    answer = { html: prerender(JSON.parse(line)) };
  } catch (error) {
    answer = { error: String(error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

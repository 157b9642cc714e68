/**
 * Draws formulas where there is no browser: one request a line, one answer a line, both JSON, as
 * first frames are drawn (host/prerender.ts).
 */

import { createInterface } from "node:readline";
import katex from "katex";

interface Request {
  state: { tex: string; display: boolean };
}

function formula({ state: { tex, display } }: Request): string {
  return katex.renderToString(tex, { displayMode: display, throwOnError: true, strict: "ignore" });
}

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() === "") continue;
  let answer: { html: string } | { error: string };
  try {
    answer = { html: formula(JSON.parse(line)) };
  } catch (error) {
    answer = { error: String(error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

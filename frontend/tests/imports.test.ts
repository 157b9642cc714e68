/** Imports run one way: demos → ui → core, demos → data → core, host → ui → core, reading → demos, slides → core; and core knows no page. */

import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative, sep } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const SOURCE = fileURLToPath(new URL("../src", import.meta.url));

const ALLOWED: Record<string, readonly string[]> = {
  core: ["core"],
  ui: ["ui", "core"],
  data: ["data", "core"],
  demos: ["demos", "ui", "core", "data"],
  host: ["host", "ui", "core"],
  reading: ["reading", "demos", "ui", "core"],
  slides: ["slides", "core"],
};

/** Names that exist in a page only. */
const PAGE =
  /\b(document|window|navigator|location|history|localStorage|sessionStorage|customElements|requestAnimationFrame|matchMedia|getComputedStyle|(?:HTML|SVG)?\w*Element|Node|Event(?:Target)?)\b/;

/** The source without comments, where names may stand for what they mean. */
function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, "");
}

/** The source without comments and without the text of strings; ${…} in templates stays. */
function code(source: string): string {
  return withoutComments(source)
    .replace(/"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g, '""')
    .replace(/`(?:\\.|[^`\\])*`/g, (text) => (text.match(/\$\{[^}]*\}/g) ?? []).join(" "));
}

/** What a module imports or re-exports, types included. */
function specifiers(source: string): string[] {
  const found = withoutComments(source).matchAll(
    /(?:\bfrom\s*|\bimport\s*\(\s*|^\s*import\s+)(["'])([^"'\n]+)\1/gm,
  );
  return [...found].map((match) => match[2]!);
}

/** A sentence for each import of the module at `path` (below src) that runs against the rule. */
function violations(path: string, source: string): string[] {
  const layer = path.split(sep)[0]!;
  const allowed = ALLOWED[layer];
  // A file directly in src is an entry point: it may tie the layers together.
  if (path === layer) return [];
  if (allowed === undefined) return [`${path} lies in ${layer}, which the rule does not know`];
  const sentences: string[] = [];
  for (const specifier of specifiers(source)) {
    const to = specifier.startsWith(".")
      ? normalize(join(dirname(path), specifier)).split(sep)[0]!
      : null;
    if (to === null && layer === "core") sentences.push(`${path} imports the package ${specifier}`);
    if (to !== null && !allowed.includes(to)) sentences.push(`${path} imports ${specifier}`);
  }
  const page = layer === "core" ? PAGE.exec(code(source)) : null;
  if (page !== null) sentences.push(`${path} touches the page: ${page[0]}`);
  return sentences;
}

test("every import of the frontend runs one way, and core touches no page", () => {
  const files = globSync("**/*.ts", { cwd: SOURCE });
  assert.ok(files.length > 0);
  const found = files.flatMap((path) =>
    violations(relative(SOURCE, join(SOURCE, path)), readFileSync(join(SOURCE, path), "utf8")),
  );
  assert.deepEqual(found, []);
});

test("an import against the rule is found, however it is written", () => {
  const bad: [string, string][] = [
    ["core/a.ts", 'import { b } from "../ui/b.ts";'],
    ["core/a.ts", 'import type { AnyModel } from "@anywidget/types";'],
    ["core/a.ts", 'export * from "../host/b.ts";'],
    ["ui/a.ts", 'const b = await import("../demos/b.ts");'],
    ["ui/deep/a.ts", 'import "../../demos/b.ts";'],
    ["host/a.ts", 'import {\n  b,\n} from "../demos/b.ts";'],
    ["demos/a.ts", "import { b } from '../host/b.ts';"],
    ["widgets/a.ts", ""],
    ["core/a.ts", "export const width = () => window.innerWidth;"],
    ["core/a.ts", "export const say = (e: HTMLElement) => e.title;"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a piece of source
    ["core/a.ts", "export const at = () => `${document.title}`;"],
  ];
  for (const [path, source] of bad) {
    assert.equal(violations(normalize(path), source).length, 1, source);
  }
});

test("an import along the rule and the word in a comment or a string are let through", () => {
  const good: [string, string][] = [
    ["core/a.ts", 'import { b } from "./b.ts";'],
    ["ui/a.ts", 'import { b } from "../core/b.ts";\nimport { c } from "./c.ts";'],
    ["demos/a.ts", 'import { b } from "../ui/b.ts";\nimport { c } from "../core/c.ts";'],
    ["host/a.ts", 'import type { AnyModel } from "@anywidget/types";'],
    ["static.ts", 'import "./host/b.ts";\nimport "./demos/c.ts";'],
    ["core/a.ts", '/** Not the document. */\nexport const a = "the window"; // no window'],
  ];
  for (const [path, source] of good) {
    assert.deepEqual(violations(normalize(path), source), [], source);
  }
});

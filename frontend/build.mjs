/**
 * Bundles the frontend into course_lib/demos/static:
 *
 *   NAME.js        one module a demo, which Jupyter loads
 *   book/NAME.js   the same as a classic script, which also runs from disk
 *   book/NAME.data.js   data that several demos of a page share, once
 *   book/host.js   runs demos in a page without Jupyter, and holds what they share
 *   book/reading.js     follows the reader on every page, book/your-reading.js shows what is remembered
 *   book/finding.js     finds demos and figures on the search page
 *   offline/service-worker.js keeps the book for when there is no connection
 *   slides/deck.js runs a deck of slides, slides/deck.css is its style
 *   prerender.mjs  draws first frames when the book is built
 *   formulas.mjs   draws formulas when slides are written
 *   demos.css      the palette, the controls and the demos
 *   book/NAME.css  of these what one demo is styled by alone
 *   book/common.css     and the rest, for all of them
 */

import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { compileInference, compileTraining } from "./assembly/compile.mjs";
import { speakerScripts } from "./speaker.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const outdir = here("../course_lib/demos/static");
const names = (await readdir(here("src/demos")))
  .filter((file) => file.endsWith(".ts"))
  .map((file) => basename(file, ".ts"))
  .sort();

const shared = (await readdir(here("src/data"))).filter((file) => file.endsWith(".json"));

const common = { bundle: true, minify: true, target: "es2022", logLevel: "warning" };

/** The modules that the host holds for all demos of a page: path and name of each. */
const held = new Map(
  [
    ...(await readFile(here("src/host/shared.ts"), "utf8")).matchAll(
      /import \* as (\w+) from "\.\.\/([^"]+)";/g,
    ),
  ].map(([, name, path]) => [here(`src/${path}`), name]),
);

/** The classic script of a demo: how its module is made, added to the page's table. */
const classic = {
  name: "classic",
  setup(build) {
    build.onResolve({ filter: /^classic:/ }, ({ path }) => ({ path, namespace: "classic" }));
    build.onLoad({ filter: /.*/, namespace: "classic" }, ({ path }) => {
      const name = path.slice("classic:".length);
      return {
        contents: `(globalThis.courseDemos ??= {})[${JSON.stringify(name)}] =
          () => require("./src/demos/${name}.ts").default;`,
        resolveDir: here("."),
      };
    });
    // Named only when the module is made: by then the host, which makes it, is there.
    build.onResolve({ filter: /\.ts$/ }, ({ path, resolveDir }) => {
      const name = held.get(join(resolveDir, path));
      return name && { path: name, namespace: "held" };
    });
    build.onLoad({ filter: /.*/, namespace: "held" }, ({ path }) => ({
      contents: `module.exports = globalThis.courseShared.${path};`,
    }));
    // Large data is a script of its own: a page needs it once, however many demos use it.
    build.onResolve({ filter: /\.json$/ }, ({ path }) => ({
      path: basename(path, ".json"),
      namespace: "data",
    }));
    build.onLoad({ filter: /.*/, namespace: "data" }, ({ path }) => ({
      contents: `export default globalThis.courseData?.[${JSON.stringify(path)}];`,
    }));
  },
};

/** All demos by name, for the build's own use. */
const allDemos = {
  name: "all-demos",
  setup(build) {
    build.onResolve({ filter: /^virtual:demos$/ }, ({ path }) => ({ path, namespace: "demos" }));
    build.onLoad({ filter: /.*/, namespace: "demos" }, () => ({
      contents: `${names.map((name, i) => `import demo${i} from "./src/demos/${name}.ts";`).join("\n")}
        export const demos = {${names.map((name, i) => `${JSON.stringify(name)}: demo${i}`).join(", ")}};`,
      resolveDir: here("."),
    }));
  },
};

/** Each role of the palette as a CSS variable, light by default, dark where the page says so. */
const palette = {
  name: "palette",
  setup(build) {
    const file = here("../course_lib/figures/palette.json");
    build.onResolve({ filter: /^palette\.css$/ }, () => ({ path: file, namespace: "palette" }));
    build.onLoad({ filter: /.*/, namespace: "palette" }, async () => {
      const { roles } = JSON.parse(await readFile(file, "utf8"));
      const variables = (theme) =>
        Object.entries(roles)
          .map(([role, colours]) => `--course-${role}: ${colours[theme]};`)
          .join(" ");
      // The book, JupyterLab, VS Code and Colab each mark their dark theme in their own way.
      const dark = [
        'html[data-theme="dark"]',
        'body[data-jp-theme-light="false"]',
        "body.vscode-dark",
        'html[theme="dark"]',
      ];
      return {
        contents: `:root { ${variables("light")} color-scheme: light; }
          :is(${dark.join(", ")}) { ${variables("dark")} color-scheme: dark; }
          @media print { :root, ${dark.join(", ")} { ${variables("print")} color-scheme: light; } }`,
        loader: "css",
        watchFiles: [file],
      };
    });
  },
};

/** The sheets of demos.css in their order, and the demos that each names in its selectors. */
const sheets = await Promise.all(
  [...(await readFile(here("src/demos.css"), "utf8")).matchAll(/@import "([^"]+)";/g)].map(
    async ([line, path]) => {
      const written = path.startsWith(".") ? await readFile(here(`src/${path}`), "utf8") : "";
      const scope = new Set([...written.matchAll(/data-demo="([\w-]+)"/g)].map(([, name]) => name));
      return { line, scope };
    },
  ),
);

/** One demo's sheets, or those that name no demo: a page of the book takes what it needs. */
const sheetsOf = {
  name: "sheets-of",
  setup(build) {
    build.onResolve({ filter: /^sheets:/ }, ({ path }) => ({ path, namespace: "sheets" }));
    build.onLoad({ filter: /.*/, namespace: "sheets" }, ({ path }) => {
      const name = path.slice("sheets:".length);
      const taken = sheets.filter(({ scope }) =>
        name === "common" ? scope.size === 0 : scope.has(name),
      );
      return {
        contents: taken.map(({ line }) => line).join("\n"),
        loader: "css",
        resolveDir: here("src"),
      };
    });
  },
};

/** WebAssembly as text in the script that needs it: pages from disk can fetch nothing. */
const compiled = { training: compileTraining(), inference: compileInference() };
const binaries = {
  name: "binaries",
  setup(build) {
    build.onResolve({ filter: /^virtual:(training|inference)$/ }, ({ path }) => ({
      path: path.slice("virtual:".length),
      namespace: "wasm",
    }));
    build.onLoad({ filter: /.*/, namespace: "wasm" }, async ({ path }) => ({
      contents: `export default ${JSON.stringify(await compiled[path])}`,
    }));
  },
};

/** A worker's whole script as a string, to be started from a Blob: from disk no URL is allowed. */
const workers = {
  name: "workers",
  setup(build) {
    build.onResolve({ filter: /^worker:/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.slice("worker:".length)),
      namespace: "worker",
    }));
    build.onLoad({ filter: /.*/, namespace: "worker" }, async ({ path }) => {
      const { outputFiles } = await esbuild.build({
        ...common,
        plugins: [binaries],
        entryPoints: [path],
        format: "iife",
        write: false,
      });
      return { contents: `export default ${JSON.stringify(outputFiles[0].text)}` };
    });
  },
};

await rm(outdir, { recursive: true, force: true });
await mkdir(outdir, { recursive: true });
await Promise.all([
  esbuild.build({
    ...common,
    entryPoints: names.map((name) => here(`src/demos/${name}.ts`)),
    plugins: [binaries, workers],
    format: "esm",
    outdir,
  }),
  esbuild.build({
    ...common,
    plugins: [classic, binaries, workers],
    entryPoints: names.map((name) => ({ in: `classic:${name}`, out: name })),
    format: "iife",
    outdir: `${outdir}/book`,
  }),
  esbuild.build({
    ...common,
    entryPoints: {
      host: here("src/host/host.ts"),
      reading: here("src/reading/every-page.ts"),
      "your-reading": here("src/reading/your-reading.ts"),
      finding: here("src/reading/finding.ts"),
    },
    format: "iife",
    outdir: `${outdir}/book`,
  }),
  esbuild.build({
    ...common,
    entryPoints: [here("src/reading/offline/service-worker.ts")],
    format: "iife",
    outdir: `${outdir}/offline`,
  }),
  esbuild.build({
    ...common,
    plugins: [allDemos, binaries, workers],
    entryPoints: { prerender: here("src/host/prerender.ts") },
    format: "esm",
    platform: "node",
    external: ["canvas"],
    outExtension: { ".js": ".mjs" },
    outdir,
  }),
  esbuild.build({
    ...common,
    entryPoints: [here("src/slides/deck.ts"), here("src/slides/deck.css")],
    format: "iife",
    outdir: `${outdir}/slides`,
  }),
  esbuild.build({
    ...common,
    entryPoints: { formulas: here("src/slides/formulas.ts") },
    format: "esm",
    platform: "node",
    outExtension: { ".js": ".mjs" },
    outdir,
  }),
  esbuild.build({
    ...common,
    plugins: [palette],
    entryPoints: [here("src/demos.css")],
    outdir,
  }),
  esbuild.build({
    ...common,
    plugins: [palette, sheetsOf],
    entryPoints: ["common", ...names].map((name) => ({ in: `sheets:${name}`, out: name })),
    outdir: `${outdir}/book`,
  }),
]);
// A page's policy names each inline script that may run, and the speaker's window has one.
await writeFile(`${outdir}/slides/speaker.json`, JSON.stringify(speakerScripts()));
for (const file of shared) {
  const name = basename(file, ".json");
  const json = (await readFile(here(`src/data/${file}`), "utf8")).trim();
  await writeFile(
    `${outdir}/book/${name}.data.js`,
    `(globalThis.courseData??={})[${JSON.stringify(name)}]=${json};\n`,
  );
}
console.log(`frontend: ${names.join(", ")} → course_lib/demos/static`);

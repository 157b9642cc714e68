/**
 * Runs demos in a page without Jupyter: from any server, or from disk.
 *
 * A browser refuses modules and fetch from disk, so each demo's script is a classic one that adds
 * its module to `courseDemos`; it is loaded when the demo comes near the viewport, or
 * at once where it is light and asks something of the reader.
 */

import type { AnyModel } from "@anywidget/types";
import { parseLink } from "./link.ts";
import { StaticModel } from "./model.ts";

interface DemoModule {
  /** The traits that a link may set: those of the state, never what a demo computes. */
  linkable: readonly string[];
  /** Those of them that may be null whatever the author gave. */
  optional: readonly string[];
  render(props: { model: AnyModel; el: HTMLElement; signal: AbortSignal }): unknown;
}

declare global {
  var courseDemos: Record<string, DemoModule> | undefined;
  /** Data that demos share, each by the name of its script. */
  var courseData: Record<string, unknown> | undefined;
}

/** Where a demo looks for word of a link: why it could not be read, or "" once followed. */
const LINK_PROBLEM = "link_problem";

/** Demos to start before they are in sight: a screen reader goes through a page without scrolling. */
const EAGER = ["question"];

const base = new URL(".", (document.currentScript as HTMLScriptElement).src);
const loading = new Map<string, Promise<DemoModule>>();

/** The demo's module: the page's own scripts have brought it, or else it is fetched. */
async function load(name: string, data: readonly string[]): Promise<DemoModule> {
  const known = globalThis.courseDemos?.[name] ?? loading.get(name);
  if (known) return known;
  const promise = fetchModule(name, data);
  loading.set(name, promise);
  return promise;
}

async function fetchModule(name: string, data: readonly string[]): Promise<DemoModule> {
  for (const one of data) {
    if (!globalThis.courseData?.[one]) await run(`${encodeURIComponent(one)}.data.js`);
  }
  await run(`${encodeURIComponent(name)}.js`);
  const module = globalThis.courseDemos?.[name];
  if (!module) throw new Error(`${name}.js defines no demo ${name}`);
  return module;
}

/** Fetch a script of the demos and run it. */
function run(file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(file, base).href;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(`${script.src} cannot be loaded`));
    document.head.append(script);
  });
}

async function mount(root: HTMLElement): Promise<void> {
  const script = root.querySelector<HTMLElement>("script.course-demo-state");
  const given: Record<string, unknown> = JSON.parse(script?.textContent ?? "{}");
  const needs = script?.dataset.needs?.split(" ") ?? [];
  const model = new StaticModel({ ...given, [LINK_PROBLEM]: null });
  const module = await load(root.dataset.demo ?? "", needs);
  root.dataset.host = "static";
  module.render({
    model: model as unknown as AnyModel,
    el: root,
    signal: new AbortController().signal,
  });
  const known = Object.fromEntries(module.linkable.map((key) => [key, given[key]]));
  const here = () => follow(root, known, model, module.optional);
  here();
  addEventListener("hashchange", here);
}

/** Bring a demo into the state that the page's address asks for. */
function follow(
  root: HTMLElement,
  known: Record<string, unknown>,
  model: StaticModel,
  optional: readonly string[],
): void {
  const link = parseLink(location.hash, known, optional);
  if (link?.id !== root.id) return;
  // Traits that the link does not name take the author's values: a link always shows the same.
  // All at once, so that an impossible state is refused whole.
  if (!link.problem) model.setAll({ ...known, ...link.state });
  // The same word again is news again, also where it has been forgotten in between.
  model.set(LINK_PROBLEM, null);
  model.set(LINK_PROBLEM, link.problem ?? "");
  root.scrollIntoView({ block: "start" });
  root.tabIndex = -1;
  root.focus({ preventScroll: true });
}

/** Run when the page has nothing better to do; Safari cannot say when that is. */
function whenIdle(run: () => void): void {
  if (typeof requestIdleCallback === "function") requestIdleCallback(run, { timeout: 1000 });
  else setTimeout(run, 200);
}

/** Start each demo when it comes within a screen of the viewport, and the linked one at once. */
function start(): void {
  const roots = [...document.querySelectorAll<HTMLElement>(".course-demo[data-demo]")];
  const begin = (root: HTMLElement) => mount(root).catch((error) => console.error(error));
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        observer.unobserve(target);
        begin(target as HTMLElement);
      }
    },
    { rootMargin: "100% 0px" },
  );
  const eager = (root: HTMLElement) => EAGER.includes(root.dataset.demo ?? "");
  for (const root of roots) if (!eager(root)) observer.observe(root);
  whenIdle(() => {
    for (const root of roots) if (eager(root)) begin(root);
  });
  const reveal = () => {
    const id = parseLink(location.hash, {})?.id;
    if (id) document.getElementById(id)?.scrollIntoView({ block: "start" });
  };
  addEventListener("hashchange", reveal);
  reveal();
}

start();

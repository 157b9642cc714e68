/**
 * Runs demos in a page without Jupyter: from any server, or from disk.
 *
 * A browser refuses modules and fetch from disk, so each demo's script is a classic one that adds
 * its module to `courseDemos`. A page is long: a demo starts when it comes near the viewport, the
 * first of them while the rest of the page is still being read.
 */

import type { AnyModel } from "@anywidget/types";
import { parseLink } from "./link.ts";
import { StaticModel } from "./model.ts";
import { shared } from "./shared.ts";

interface DemoModule {
  /** The traits that a link may set: those of the state, never what a demo computes. */
  linkable: readonly string[];
  /** Those of them that may be null whatever the author gave. */
  optional: readonly string[];
  render(props: { model: AnyModel; el: HTMLElement; signal: AbortSignal }): unknown;
}

declare global {
  /** Demos by name; each makes its module when first asked, for its data may come after it. */
  var courseDemos: Record<string, () => DemoModule> | undefined;
  /** Data that demos share, each by the name of its script. */
  var courseData: Record<string, unknown> | undefined;
  /** The modules that no demo's script holds itself. */
  var courseShared: typeof shared | undefined;
}

globalThis.courseShared = shared;

/** Where a demo looks for word of a link: why it could not be read, or "" once followed. */
const LINK_PROBLEM = "link_problem";

/** Demos to start before they are in sight: a screen reader goes through a page without scrolling. */
const EAGER = ["question"];

const base = new URL(".", (document.currentScript as HTMLScriptElement).src);
const scripts = new Map<string, Promise<void>>();

/** A demo's module, once its script and the data that it computes with are there. */
async function load(name: string, data: readonly string[]): Promise<DemoModule> {
  const wanted = data.filter((one) => !globalThis.courseData?.[one]).map((one) => `${one}.data.js`);
  if (!globalThis.courseDemos?.[name]) wanted.push(`${name}.js`);
  await Promise.all(wanted.map(arrival));
  const make = globalThis.courseDemos?.[name];
  if (!make) throw new Error(`${name}.js defines no demo ${name}`);
  return make();
}

/** When a script of the demos has run; those that the page names are on their way already. */
function arrival(file: string): Promise<void> {
  const known = scripts.get(file);
  if (known) return known;
  const url = new URL(encodeURI(file), base).href;
  const named = [...document.scripts].find(({ src }) => src.split("?")[0] === url);
  const script = named ?? document.createElement("script");
  const promise = new Promise<void>((resolve, reject) => {
    script.addEventListener("load", () => resolve());
    script.addEventListener("error", () => reject(new Error(`${url} cannot be loaded`)));
  });
  scripts.set(file, promise);
  if (!named) {
    script.src = url;
    document.head.append(script);
  }
  return promise;
}

async function mount(root: HTMLElement): Promise<void> {
  const script = root.querySelector<HTMLElement>("script.course-demo-state");
  const given: Record<string, unknown> = JSON.parse(script?.textContent ?? "{}");
  // What is heavy is fetched only now; the rest the page's head names already.
  const { needs, heavy } = script?.dataset ?? {};
  const model = new StaticModel({ ...given, [LINK_PROBLEM]: null });
  const data = [needs, heavy].flatMap((names) => names?.split(" ") ?? []);
  const module = await load(root.dataset.demo ?? "", data);
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

const begun = new Set<HTMLElement>();

function begin(root: HTMLElement): void {
  if (begun.has(root)) return;
  begun.add(root);
  mount(root).catch((error) => console.error(error));
}

/** Starts each demo when it comes within two screens of the viewport. */
const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      begin(target as HTMLElement);
    }
  },
  { rootMargin: "200% 0px" },
);

const demos = document.getElementsByClassName("course-demo");
let watched = 0;

/** Watch the demos that the page has brought by now. */
function watch(): void {
  while (watched < demos.length) {
    const root = demos[watched] as HTMLElement;
    if (!whole(root)) return;
    watched += 1;
    if (root.dataset.demo) near.observe(root);
    if (root.id && root.id === linked()) root.scrollIntoView({ block: "start" });
  }
}

/** Whether all of an element has been read: something follows it, or the page is at its end. */
function whole(element: Element): boolean {
  if (document.readyState !== "loading") return true;
  for (let at: Element | null = element; at; at = at.parentElement) if (at.nextSibling) return true;
  return false;
}

const linked = () => parseLink(location.hash, {})?.id;

function reveal(): void {
  const id = linked();
  if (id) document.getElementById(id)?.scrollIntoView({ block: "start" });
}

function watchWhileReading(): void {
  watch();
  if (document.readyState === "loading") requestAnimationFrame(watchWhileReading);
}

/** The page has been read to its end. */
function onRead(): void {
  watch();
  reveal();
  whenIdle(() => {
    for (const root of document.querySelectorAll<HTMLElement>(".course-demo")) {
      if (EAGER.includes(root.dataset.demo ?? "")) begin(root);
    }
  });
}

addEventListener("hashchange", reveal);
if (document.readyState === "loading") {
  watchWhileReading();
  addEventListener("DOMContentLoaded", onRead, { once: true });
} else onRead();

/**
 * A deck of slides: reveal.js, its speaker's notes, and the demos live on their slides.
 *
 * A classic script, as everything that a page from disk may run. In print (`?print-pdf`) the demos
 * stay the pictures that stand in the page.
 */

import Reveal from "reveal.js";
import Notes from "reveal.js/plugin/notes";
import { fit } from "./fit.ts";
import { addressee } from "./keys.ts";

const base = new URL(".", (document.currentScript as HTMLScriptElement).src);
const root = document.documentElement;
const printed = /[?&](print-pdf|view=print)\b/.test(location.search);

const deck = new Reveal({
  width: 1280,
  height: 720,
  margin: 0,
  minScale: 0.1,
  maxScale: 4,
  center: false,
  hash: true,
  respondToHashChanges: false, // followAddress does
  slideNumber: "c/t",
  controlsTutorial: false,
  transition: "none",
  backgroundTransition: "none",
  // A demo and its data are loaded when its slide is the next but one.
  viewDistance: 2,
  mobileViewDistance: 2,
  scrollActivationWidth: 0,
  pdfSeparateFragments: false,
  pdfMaxPagesPerSlide: 1,
  keyboardCondition: (event: KeyboardEvent) => {
    const focused = document.activeElement;
    const to = addressee(event, focused);
    if (to === "leave") (focused as HTMLElement).blur();
    return to === "deck";
  },
  plugins: [Notes],
});

function fitAll(within: Iterable<Element>): void {
  for (const slide of within) {
    for (const box of slide.querySelectorAll<HTMLElement>("[data-fit]")) fit(box);
  }
}

/** The slides that have a size now. */
function laidOut(): Element[] {
  const slides = deck.getSlides();
  return printed ? slides : slides.filter((slide) => slide === deck.getCurrentSlide());
}

/**
 * Follow the address to a slide. A link to a demo's state is for the demo: the deck stays where it
 * is, and once all who listen have read the link, the address names the slide again.
 *
 * The event's address counts: reveal.js writes its own up to a second after a key, and may have
 * done so between the click and this.
 */
function followAddress(event: HashChangeEvent): void {
  const { h, v } = deck.getIndices();
  const { hash } = new URL(event.newURL);
  if (hash.startsWith("#demo=")) {
    setTimeout(() => history.replaceState(null, "", `#/${h}/${v}`));
    return;
  }
  const [stack = 0, slide = 0] = hash.replace(/^#\//, "").split("/").map(Number);
  if (stack !== h || slide !== v) deck.slide(stack, slide);
}

function startDemos(): void {
  const script = document.createElement("script");
  script.src = new URL("host.js", base).href;
  document.head.append(script);
}

deck.addKeyBinding({ keyCode: 84, key: "T", description: "Light or dark" }, () => {
  root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
});
deck.on("slidechanged", () => fitAll(laidOut()));
deck.on("pdf-ready", () => fitAll(laidOut()));
addEventListener("hashchange", followAddress);

deck.initialize().then(async () => {
  fitAll(laidOut());
  if (!printed) startDemos();
  // A formula's fonts may come late, and are wider or narrower than what stood in for them.
  await document.fonts.ready;
  fitAll(laidOut());
  root.dataset.deck = "ready";
});

/**
 * Opens pages in Firefox and says what they do there, for tests/browser/test_firefox.py.
 *
 * Standard input: {"firefox": path, "theme": "light" | "dark", "pages": [{"url", "drive", "patience"}]}, where
 * `patience` is how long a demo may take, in milliseconds, and `drive` may be {"demo", "focus", "keys", "trait"}: a demo's anchor, what to focus in it, keys to
 * press, and the trait to read. Standard output: one line of JSON a page.
 *
 * Faults are what the console reports as an error or a warning, what the page's policy refuses, what
 * is thrown and not caught, requests that fail, and requests to anybody else.
 */

import { text } from "node:stream/consumers";
import puppeteer from "puppeteer-core";

const READY_MS = 20_000;
const { firefox, theme, pages } = JSON.parse(await text(process.stdin));

const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath: firefox,
  headless: true,
  timeout: 60_000,
  extraPrefsFirefox: {
    // The preference that stands for the system's theme: 0 is dark, 1 is light.
    "layout.css.prefers-color-scheme.content-override": theme === "dark" ? 0 : 1,
    "browser.startup.homepage": "about:blank",
    "network.captive-portal-service.enabled": false,
    "network.connectivity-service.enabled": false,
  },
});
try {
  for (const one of pages) console.log(JSON.stringify(await visit(one)));
} finally {
  await browser.close();
}

async function visit({ url, drive, patience = READY_MS }) {
  const page = await browser.newPage();
  const faults = [];
  watch(page, faults);
  // Firefox tells a page, and no one else, what its policy has refused.
  await page.evaluateOnNewDocument(() => {
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
      console.error(`refused by the policy: ${violatedDirective} ${blockedURI}`);
    });
  });
  await page.setViewport({ width: 1280, height: 800 });
  await page.goto(url, { waitUntil: "load", timeout: READY_MS });
  const ready = await page.evaluate(startAll, patience);
  const shown = await page.evaluate(() => ({
    theme: document.documentElement.dataset.theme,
    background: getComputedStyle(document.body).backgroundColor,
    wider: document.documentElement.scrollWidth - innerWidth,
  }));
  const driven = drive ? await press(page, drive) : null;
  for (const asked of await page.evaluate(asks)) {
    if (!atHome(asked, url)) faults.push(`another host was asked: ${asked}`);
  }
  // What is refused is reported, so the faults are closed first.
  const found = [...faults];
  const intruded = await page.evaluate(intrude);
  await page.close();
  return { url, ...ready, ...shown, driven, intruded, faults: found };
}

function watch(page, faults) {
  page.on("console", (message) => {
    if (["error", "warn", "warning", "assert"].includes(message.type())) {
      faults.push(`console ${message.type()}: ${message.text()}`);
    }
  });
  page.on("pageerror", (error) => faults.push(`script error: ${error.message ?? error}`));
  page.on("requestfailed", (request) => {
    faults.push(`request failed: ${request.url()} (${request.failure()?.errorText})`);
  });
}

/** In the page: bring each demo into sight, and wait until it has drawn itself. */
async function startAll(patience) {
  const late = [];
  const demos = [...document.querySelectorAll(".course-demo")];
  for (const demo of demos) {
    demo.scrollIntoView({ block: "center" });
    const end = performance.now() + patience;
    while (demo.dataset.ready !== "true" && performance.now() < end) {
      await new Promise((done) => setTimeout(done, 20));
    }
    if (demo.dataset.ready !== "true") late.push(demo.id);
  }
  return { demos: demos.length, late };
}

/** In the page: every address that it has asked for, also where no answer came. */
function asks() {
  return performance.getEntriesByType("resource").map((entry) => entry.name);
}

function atHome(asked, url) {
  const [there, here] = [new URL(asked), new URL(url)];
  const own = ["data:", "blob:", "about:"].includes(there.protocol);
  return own || (there.protocol === here.protocol && there.host === here.host);
}

async function press(page, { demo, focus, keys, trait }) {
  const root = `.course-demo[id="${demo}"]`;
  await page.locator(`${root} ${focus}`).setEnsureElementIsInTheViewport(true).wait();
  await page.$eval(`${root} ${focus}`, (element) => element.focus());
  for (const key of keys) await page.keyboard.press(key);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  return page.$eval(root, (element, name) => element.model.get(name), trait);
}

/** In the page: what its policy must not let run. */
function intrude() {
  const script = document.createElement("script");
  script.textContent = "window.intruded = true";
  document.head.append(script);
  return window.intruded === true;
}

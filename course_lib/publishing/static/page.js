// Runs first on every page, before anything is drawn. Classic script: pages open from disk too.
(() => {
  "use strict";
  const root = document.documentElement;

  // The theme is known before the first paint. An odd mode, from an old visit or a first one,
  // counts as "auto"; the theme's own script would report it as an error.
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  let mode = null;
  try {
    mode = localStorage.getItem("mode");
    if (mode !== null && !["light", "dark", "auto"].includes(mode)) {
      localStorage.removeItem("mode");
      mode = null;
    }
  } catch {
    // Storage is refused: the system's preference stands.
  }
  root.dataset.mode = mode ?? "auto";
  root.dataset.theme = mode === "light" || mode === "dark" ? mode : dark.matches ? "dark" : "light";

  const actions = {
    print: () => window.print(),
    fullscreen: () => window.toggleFullScreen?.(),
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-course-action]");
    if (button) actions[button.dataset.courseAction]?.();
  });

  // What scrolls sideways must be reachable by key: wide formulas, tables and figures on a phone.
  // Their sizes are told after a layout; asking for them would force one of the whole page.
  const wide = ".katex-display, .course-figure-sheet, .pst-scrollable-table-container";
  const reachWide = () => {
    const observer = new ResizeObserver((entries) => {
      for (const { target } of entries) {
        const box = target.closest(wide);
        if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
        else box.removeAttribute("tabindex");
      }
    });
    for (const box of document.querySelectorAll(wide)) {
      observer.observe(box);
      // A late font changes what is inside, and not the box.
      if (box.firstElementChild) observer.observe(box.firstElementChild);
    }
  };

  // A formula stands in the page twice, drawn and as MathML; search quotes the drawn one alone.
  const quoteFormulasOnce = () => {
    if (typeof Search === "undefined") return;
    const mathml = /<span class="katex-mathml">.*?<\/math><\/span>/gs;
    const textOf = Search.htmlToText;
    Search.htmlToText = (html, anchor) => textOf(html.replace(mathml, ""), anchor);
  };

  // Paper is light, and what is folded away belongs on it.
  let shown = null;
  const toPaper = () => {
    shown ??= root.dataset.theme;
    root.dataset.theme = "light";
    for (const answer of document.querySelectorAll("article details:not([open])")) {
      answer.open = true;
      answer.dataset.courseUnfolded = "";
    }
  };
  const toScreen = () => {
    root.dataset.theme = shown ?? root.dataset.theme;
    shown = null;
    for (const answer of document.querySelectorAll("details[data-course-unfolded]")) {
      answer.open = false;
      delete answer.dataset.courseUnfolded;
    }
  };
  window.addEventListener("beforeprint", toPaper);
  window.addEventListener("afterprint", toScreen);

  document.addEventListener("DOMContentLoaded", () => {
    // From disk a browser refuses to fetch the pages that search would quote.
    if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
    quoteFormulasOnce();
    reachWide();
  });
})();

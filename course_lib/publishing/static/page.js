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

  // A term is explained where the page first uses it: under the pointer, with the focus, at the first
  // tap. The definition stays while the pointer is on either, and Escape sends it away (WCAG 1.4.13).
  // It opens in the browser's top layer, so nothing moves and no section cuts it off.
  const explainTerms = () => {
    if (!HTMLElement.prototype.showPopover) return; // then it is a link like any other
    const margin = 12;
    let term = null;
    let definition = null;
    let timer = 0;
    let tap = null;

    const place = () => {
      const lines = term.getClientRects();
      const { offsetWidth: width, offsetHeight: height } = definition;
      const { clientWidth, clientHeight } = root;
      const last = lines[lines.length - 1];
      const below = last.bottom + 4;
      const above = lines[0].top - height - 4;
      const up = below + height > clientHeight && above >= 0;
      const left = Math.min(up ? lines[0].left : last.left, clientWidth - width - margin);
      definition.style.left = `${Math.max(left, margin) + scrollX}px`;
      definition.style.top = `${(up ? above : below) + scrollY}px`;
    };
    // What starts above, a demo say, moves the term.
    const moves = new ResizeObserver(() => term && place());
    const hide = () => {
      clearTimeout(timer);
      moves.disconnect();
      if (definition?.isConnected) definition.hidePopover();
      term = definition = null;
    };
    const show = (link) => {
      clearTimeout(timer);
      if (link === term) return;
      hide();
      definition = document.getElementById(link.getAttribute("aria-describedby"));
      if (!definition) return;
      term = link;
      definition.showPopover();
      place();
      moves.observe(document.body);
    };
    const soon = (act, milliseconds) => {
      clearTimeout(timer);
      timer = setTimeout(act, milliseconds);
    };
    const termOf = (event) => event.target.closest?.(".course-term") ?? null;

    document.addEventListener("pointerover", (event) => {
      if (event.pointerType === "touch") return;
      const link = termOf(event);
      if (link) soon(() => show(link), 120);
      else if (definition?.contains(event.target)) clearTimeout(timer);
      else if (term && term !== document.activeElement) soon(hide, 250);
      else if (!term) clearTimeout(timer);
    });
    document.addEventListener("focusin", (event) => termOf(event) && show(event.target));
    document.addEventListener("focusout", (event) => {
      if (event.target === term && !definition.matches(":hover")) hide();
    });
    document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
    document.addEventListener("pointerdown", (event) => {
      const link = termOf(event);
      // The focus comes between a finger and its click, so what is open is asked for here.
      tap = event.pointerType === "touch" && link !== term ? link : null;
      if (term && link !== term && !definition.contains(event.target)) hide();
    });
    document.addEventListener("click", (event) => {
      const link = termOf(event);
      if (!link || link !== tap) return;
      event.preventDefault(); // the second tap follows the link
      tap = null;
      show(link);
    });
    for (const moved of ["resize", "beforeprint", "pagehide"]) window.addEventListener(moved, hide);
  };
  explainTerms();

  document.addEventListener("DOMContentLoaded", () => {
    // From disk a browser refuses to fetch the pages that search would quote.
    if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
    quoteFormulasOnce();
    reachWide();
  });
})();

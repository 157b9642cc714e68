// The gallery's filter: figures that have all the words stay. Without it, all of them are listed.
(() => {
  "use strict";
  const plain = (text) => text.toLowerCase().replaceAll("×", "x").replaceAll("“", "").replaceAll("”", "");

  const start = () => {
    const field = document.getElementById("course-gallery-words");
    const status = field?.parentElement.querySelector("[role=status]");
    const lists = [...document.querySelectorAll("ul.course-gallery")];
    if (!field || !lists.length) return;
    let figures = null;
    const read = () =>
      lists.flatMap((list) => {
        const chapter = list.closest("section").querySelector("h2").textContent;
        return [...list.children].map((item) => {
          const alt = item.querySelector("img").alt;
          return { item, text: plain(`${chapter} ${item.textContent} ${alt}`) };
        });
      });

    const filter = () => {
      figures ??= read();
      const words = plain(field.value).split(/\s+/);
      let kept = 0;
      for (const { item, text } of figures) {
        item.hidden = !words.every((word) => text.includes(word));
        if (!item.hidden) kept += 1;
      }
      for (const list of lists) {
        list.closest("section").hidden = [...list.children].every((item) => item.hidden);
      }
      const all = figures.length;
      status.textContent =
        kept === all ? `${all} figures` : kept ? `${kept} of ${all} figures` : "No figure has all of these words.";
    };
    field.addEventListener("input", filter);
    // A browser that goes back restores the field, and not what it left out.
    if (field.value) filter();
    // A link to a figure that is filtered out shows it.
    addEventListener("hashchange", () => {
      if (!document.getElementById(location.hash.slice(1))?.closest("[hidden]")) return;
      field.value = "";
      filter();
      document.getElementById(location.hash.slice(1)).scrollIntoView();
    });
  };
  document.addEventListener("DOMContentLoaded", start);
})();

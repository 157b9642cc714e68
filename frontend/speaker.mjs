/** The inline scripts of the window that reveal.js opens for the speaker. */

import Notes from "reveal.js/plugin/notes";

/** The text of each, as the browser will read it: what a Content-Security-Policy takes a hash of. */
export function speakerScripts() {
  let page = "";
  const enough = new Error("the page has been written");
  // The plugin writes its page into a window that it opens; here it is given one that only listens.
  globalThis.window = {
    location: { search: "?receiver" },
    open: () => ({
      document: {
        write(html) {
          page = html;
          throw enough;
        },
      },
    }),
  };
  try {
    const plugin = Notes();
    plugin.init({});
    plugin.open();
  } catch (error) {
    if (error !== enough) throw error;
  } finally {
    delete globalThis.window;
  }
  const scripts = [...page.matchAll(/<script>(.*?)<\/script>/gs)].map((match) => match[1]);
  if (scripts.length === 0) throw new Error("reveal.js's speaker window has no script any more");
  return scripts;
}

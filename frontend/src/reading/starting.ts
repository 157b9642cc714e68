/** Reading aids wait: the page's first demo comes before them. */

const LOOK_AGAIN_MS = 200;
const PATIENCE_MS = 5000;

/** Run once the first demo is ready and the page has nothing better to do. */
export function afterFirstDemo(run: () => void): void {
  const begun = performance.now();
  const look = () => {
    const demo = document.querySelector(".course-demo");
    const waits = demo && !document.querySelector(".course-demo[data-ready]");
    // A first demo far below starts when it comes near: nobody waits for that.
    if (waits && performance.now() - begun < PATIENCE_MS) setTimeout(look, LOOK_AGAIN_MS);
    else if (typeof requestIdleCallback === "function") requestIdleCallback(run, { timeout: 1000 });
    else setTimeout(run, LOOK_AGAIN_MS);
  };
  look();
}

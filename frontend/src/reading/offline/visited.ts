/** Starts the service worker, which keeps what is visited; over HTTP only, and never in the way. */

export async function keepVisited(root: URL): Promise<void> {
  if (!location.protocol.startsWith("http") || !("serviceWorker" in navigator)) return;
  try {
    const { serviceWorker } = navigator;
    const registered = await serviceWorker.register(new URL("service-worker.js", root), {
      scope: root.pathname,
    });
    const [navigation] = performance.getEntriesByType(
      "navigation",
    ) as PerformanceNavigationTiming[];
    if (!registered || (navigation?.workerStart ?? 0) > 0) return;
    // This page has come before the worker stood, which is told what to keep.
    const { active } = await serviceWorker.ready;
    const come = performance.getEntriesByType("resource").map(({ name }) => name);
    active?.postMessage({ keep: [location.href, ...come] });
  } catch {
    // Refused, or not there: the book is read online, as it was.
  }
}

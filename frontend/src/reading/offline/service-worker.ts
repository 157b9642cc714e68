/**
 * Keeps the pages that were visited, and what they need, for when there is no connection.
 *
 * A build has a cache of its own, so its pages never meet another's scripts. The worker's text names
 * the build, so that a browser finds the next worker when there is a new one.
 */

import { answer, isOurs, keepAlso } from "./answering.ts";
import { cacheName } from "./files.ts";
import { carryOver, forgetOlder } from "./renewing.ts";
import type { Scope } from "./scope.ts";

const BUILD = "__COURSE_BUILD__"; // written by course_lib.publishing.offline

const scope = globalThis as unknown as Scope;
const root = new URL(scope.registration.scope);
// Opened once: a worker that has been replaced must not make its cache anew.
let opened: Promise<Cache> | null = null;
const kept = async () => {
  opened ??= caches.open(cacheName(root, BUILD));
  return { root, cache: await opened };
};

scope.addEventListener("install", (event) => {
  event.waitUntil(carryOver(root, BUILD).then(() => scope.skipWaiting()));
});

scope.addEventListener("activate", (event) => {
  event.waitUntil(forgetOlder(root, BUILD).then(() => scope.clients.claim()));
});

scope.addEventListener("fetch", (event) => {
  if (!isOurs(event.request, root)) return;
  event.respondWith(
    kept().then((there) => answer(event.request, there, (work) => event.waitUntil(work))),
  );
});

scope.addEventListener("message", (event) => {
  const { keep } = Object(event.data) as Record<string, unknown>;
  event.waitUntil(kept().then((there) => keepAlso(keep, there)));
});

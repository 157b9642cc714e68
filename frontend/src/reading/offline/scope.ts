/** The little of a service worker's own world that ours needs; TypeScript knows a page's or this one. */

export interface Waiting {
  waitUntil(work: Promise<unknown>): void;
}

export interface Asked extends Waiting {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

export interface Told extends Waiting {
  readonly data: unknown;
}

export interface Scope {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", run: (event: Waiting) => void): void;
  addEventListener(type: "fetch", run: (event: Asked) => void): void;
  addEventListener(type: "message", run: (event: Told) => void): void;
}

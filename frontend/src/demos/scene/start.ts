/** Starts a network when a demo first needs it, and draws anew when it can be asked. */

import binaries from "virtual:inference";
import type { StoredNetwork } from "../../core/inference/plan.ts";
import { Runner } from "../../core/inference/runner.ts";
import type { Stage } from "../../ui/demo.ts";
import { set } from "../../ui/dom.ts";
import { interactive } from "../../ui/environment.ts";
import { install, isStarted } from "./runners.ts";

/**
 * @param name under which the runner is kept, for all demos of a kind.
 * @param stored what the page's data holds of it.
 * @returns what to call with each state that is drawn.
 */
export function starter<S extends { network: string }>(
  stage: Stage<S>,
  stored: Readonly<Record<string, StoredNetwork>>,
  keyOf: (network: string) => string,
) {
  const waiting = new Set<string>();
  const start = async (network: string, key: string) => {
    try {
      install(key, await Runner.start(stored[network]!, binaries));
    } catch {
      const message = "This browser cannot run the network: it has no vectors in WebAssembly.";
      stage.complain({ control: "network", message });
      return;
    }
    if (!stage.signal.aborted) stage.update({});
  };
  return ({ network }: S) => {
    const key = keyOf(network);
    set(stage.root, { "data-network": isStarted(key) ? "ready" : null });
    if (isStarted(key) || waiting.has(key) || !interactive()) return;
    waiting.add(key);
    void start(network, key);
  };
}

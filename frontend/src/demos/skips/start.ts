/** Starts both networks once the demo is in the page, and draws anew when they can be asked. */

import binaries from "virtual:inference";
import { Runner } from "../../core/inference/runner.ts";
import type { Stage } from "../../ui/demo.ts";
import { set } from "../../ui/dom.ts";
import { interactive } from "../../ui/environment.ts";
import { HELD, install, ready, STORED } from "./networks.ts";
import type { State } from "./state.ts";

export function start(stage: Stage<State>): void {
  if (!interactive()) return;
  const begun = async () => {
    if (!ready()) {
      for (const name of HELD) install(name, await Runner.start(STORED[name]!, binaries));
    }
    if (stage.signal.aborted) return;
    set(stage.root, { "data-network": "ready" });
    stage.update({});
  };
  begun().catch(() => {
    const message = "This browser cannot run the networks: it has no vectors in WebAssembly.";
    stage.complain({ control: "index", message });
  });
}

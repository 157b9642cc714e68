/** Starts the classifier of the scenes, once for the whole page. */

import binaries from "virtual:inference";
import { Runner } from "../../core/inference/runner.ts";
import { CLASSIFIER } from "../../data/scene-classifier.ts";
import { install, isStarted } from "./network.ts";

/** @throws where the browser has no vectors in WebAssembly. */
export async function start(): Promise<void> {
  if (!isStarted()) install(await Runner.start(CLASSIFIER, binaries));
}

/** The detectors of the scenes, by name: see course_lib/demos/scene_detectors_page.py. */

import type { StoredNetwork } from "../core/inference/plan.ts";
import stored from "./scene-detectors.json" with { type: "json" };

export const DETECTORS = stored as unknown as Readonly<Record<string, StoredNetwork>>;

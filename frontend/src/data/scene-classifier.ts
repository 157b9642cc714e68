/** The classifier of the scenes: see course_lib/demos/scene_classifier_page.py. */

import type { StoredNetwork } from "../core/inference/plan.ts";
import stored from "./scene-classifier.json" with { type: "json" };

export const CLASSIFIER = stored as unknown as StoredNetwork;

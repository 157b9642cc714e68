/** The networks that segment scenes, by name: see course_lib/demos/scene_segmenters_page.py. */

import type { StoredNetwork } from "../core/inference/plan.ts";
import stored from "./scene-segmenters.json" with { type: "json" };

export const SEGMENTERS = stored as unknown as Readonly<Record<string, StoredNetwork>>;

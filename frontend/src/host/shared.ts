/**
 * What nearly every demo is built from: a page loads it once, with the host, and no demo's own
 * script holds it again. The build reads the list from the imports below.
 */

import * as equal from "../core/equal.ts";
import * as format from "../core/format.ts";
import * as actions from "../ui/actions.ts";
import * as announcer from "../ui/announcer.ts";
import * as checks from "../ui/checks.ts";
import * as choice from "../ui/choice.ts";
import * as code from "../ui/code.ts";
import * as demo from "../ui/demo.ts";
import * as dom from "../ui/dom.ts";
import * as environment from "../ui/environment.ts";
import * as frame from "../ui/frame.ts";
import * as numbers from "../ui/numbers.ts";
import * as presets from "../ui/presets.ts";
import * as problems from "../ui/problems.ts";
import * as stepper from "../ui/stepper.ts";
import * as typed from "../ui/typed.ts";

export const shared = {
  actions,
  announcer,
  checks,
  choice,
  code,
  demo,
  dom,
  environment,
  equal,
  format,
  frame,
  numbers,
  presets,
  problems,
  stepper,
  typed,
};

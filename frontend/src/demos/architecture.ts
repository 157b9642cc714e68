/** What layers cost: a first layer as the image grows, or every layer of a network. */

import { checkWord } from "../ui/checks.ts";
import { defineDemo, type Stage } from "../ui/demo.ts";
import { buildFirstLayer } from "./architecture/first-layer.ts";
import {
  checkNetwork,
  NETWORK_KEYS,
  type NetworkState,
  networkOutput,
  settleNetwork,
} from "./architecture/network-state.ts";
import { buildNetworks } from "./architecture/networks.ts";
import { check, costs, KEYS, type State } from "./architecture/state.ts";

const VIEWS = ["first layer", "networks"] as const;

interface Whole extends State, NetworkState {
  /** Which of the two is shown: the author's choice, not the reader's. */
  view: (typeof VIEWS)[number];
}

export default defineDemo<Whole>({
  name: "architecture",
  keys: ["view", ...KEYS, ...NETWORK_KEYS],
  linkable: [...KEYS, ...NETWORK_KEYS],
  optional: ["other", "image_size"],
  // The networks are no part of a page that shows first layers alone.
  settle: (candidate, before) =>
    candidate.view === "networks" ? settleNetwork(candidate, before?.last ?? null) : candidate,
  check: (state) =>
    checkWord("view", "The view", state.view, VIEWS) ??
    (state.view === "networks" ? checkNetwork(state) : check(state)),
  derive: (state) => ({ output: state.view === "networks" ? networkOutput(state) : costs(state) }),
  build: (stage) =>
    stage.initial.view === "networks"
      ? buildNetworks(stage as unknown as Stage<NetworkState>)
      : buildFirstLayer(stage as unknown as Stage<State>),
});

// Steps of a plan to send and to watch: ordinary ones, of which a test changes what it is about.
import type { Step } from "../../lib/engine";

export function upgrade(changes: Partial<Step> = {}): Step {
  return {
    step: 1,
    action: "ModifyInstanceBandwidth",
    axis: "internet_max_bandwidth_out",
    from: 400,
    to: 600,
    direction: "upgrade",
    takesEffect: "immediately",
    effectiveAt: null,
    charge: "charged_now",
    ...changes,
  };
}

/** Of a downgrade from 400 to 100 Mbps that is scheduled. */
export function cancel(changes: Partial<Step> = {}): Step {
  return upgrade({
    action: "CancelInstanceBandwidthDowngrade",
    from: 100,
    to: 400,
    direction: "cancel",
    charge: "none",
    ...changes,
  });
}

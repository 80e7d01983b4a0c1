// The kinds of resources, by what they are of.
import { SPEC_KINDS, type SpecKind } from "../../lib/provider/spec";

const kindOf = (typeName: SpecKind["typeName"]): SpecKind =>
  SPEC_KINDS.find((kind) => kind.typeName === typeName) as SpecKind;

export const VM_SPEC = kindOf("zenlayer_vm_instance_spec");
export const BMC_BANDWIDTH = kindOf("zenlayer_bmc_bandwidth");

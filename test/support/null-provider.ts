// A stand-in for registry.terraform.io/hashicorp/null, so that stacks with hooks are applied without a network.
// The same behaviour as far as it matters: an id made on create, and triggers that replace the resource.
import { randomInt } from "node:crypto";
import type { Provider, Resource } from "../../lib/plugin";

const nullResource: Resource<null> = {
  schema: {
    version: 0,
    attributes: {
      id: { type: "string", computed: true, description: "Random identifier, made on create." },
      triggers: {
        type: ["map", "string"],
        optional: true,
        requiresReplace: true,
        description: "Values that replace the resource when they change.",
      },
    },
  },
  read: ({ state }) => Promise.resolve({ state }),
  create: ({ planned }) => Promise.resolve({ state: { ...planned, id: String(randomInt(2 ** 47)) } }),
  update: ({ planned }) => Promise.resolve({ state: planned }),
  delete: () => Promise.resolve(),
};

export function nullProvider(): Provider<null> {
  return {
    address: "registry.terraform.io/hashicorp/null",
    version: "3.2.4",
    schema: { attributes: {} },
    resources: { null_resource: nullResource },
    dataSources: {},
    configure: () => null,
  };
}

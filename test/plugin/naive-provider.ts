// A first provider as one writes it: no plan hook, and attributes that are derived from others.
import type { ObjectValue, Provider, Resource, Value } from "../../lib/plugin";

const port = { type: "number", description: "Port.", required: true } as const;
const computed = (description: string) => ({ type: "string", description, computed: true }) as const;

const thing: Resource<null> = {
  schema: {
    version: 0,
    attributes: {
      id: { ...computed("Identifier."), stable: true },
      name: { type: "string", description: "Name.", required: true },
      url: computed("Derived from the name."),
      size: { type: "number", description: "Size; by default the length of the name.", optional: true, computed: true },
      secret: { type: "string", description: "Secret.", optional: true, writeOnly: true },
    },
    blocks: {
      disk: {
        nesting: "list",
        block: {
          attributes: { gigabytes: port, device: { ...computed("Device."), stable: true }, path: computed("Path.") },
        },
      },
      rule: {
        nesting: "set",
        block: {
          attributes: {
            port,
            rank: { type: "number", description: "Rank.", optional: true, computed: true },
            label: computed("Label."),
          },
          blocks: { part: { nesting: "list", block: { attributes: { port, label: computed("Label.") } } } },
        },
      },
      options: { nesting: "map", block: { attributes: { port, label: computed("Label.") } } },
    },
  },
  create: async ({ planned }) => ({ state: derived({ ...planned, id: "thing-1" }) }),
  update: async ({ planned }) => ({ state: derived(planned) }),
  read: async ({ state }) => ({ state }),
  delete: async () => undefined,
};

/** What depends on what: all of it changes with the name. */
function derived(planned: ObjectValue): ObjectValue {
  const name = String(planned["name"]);
  const label = (element: ObjectValue): ObjectValue => ({ ...element, label: `${name}:${String(element["port"])}` });
  return {
    ...planned,
    url: `https://${name}.test`,
    size: known(planned["size"], name.length),
    disk: objects(planned["disk"]).map((disk, index) => ({ ...disk, device: `sd${index}`, path: `/${name}/${index}` })),
    rule: objects(planned["rule"]).map((rule) => ({
      ...label(rule),
      rank: known(rule["rank"], name.length),
      part: objects(rule["part"]).map(label),
    })),
    options: Object.fromEntries(
      Object.entries((planned["options"] ?? {}) as ObjectValue).map(([key, each]) => [key, label(each as ObjectValue)]),
    ),
  };
}

function known(value: Value | undefined, otherwise: number): Value {
  return typeof value === "number" ? value : otherwise;
}

function objects(value: Value | undefined): readonly ObjectValue[] {
  return Array.isArray(value) ? (value as readonly ObjectValue[]) : [];
}

export const naiveProvider: Provider<null> = {
  address: "registry.terraform.io/test/naive",
  version: "0.0.0",
  schema: { attributes: {} },
  resources: { naive_thing: thing },
  dataSources: {},
  configure: () => null,
};

/** Configurations that are applied one after the other. */
export const NAIVE_STEPS: readonly (readonly [what: string, config: ObjectValue])[] = [
  [
    "a create",
    {
      name: "a",
      disk: [{ gigabytes: 1 }],
      rule: [
        { port: 80, part: [{ port: 1 }] },
        { port: 443, rank: 7 },
      ],
    },
  ],
  [
    "an update of what others derive from",
    { name: "bb", disk: [{ gigabytes: 1 }], rule: [{ port: 80, part: [{ port: 1 }] }] },
  ],
  [
    "more blocks",
    {
      name: "bb",
      disk: [{ gigabytes: 1 }, { gigabytes: 2 }],
      rule: [{ port: 80 }, { port: 22 }],
      options: { k: { port: 1 } },
    },
  ],
  ["a value given", { name: "bb", size: 9, options: { k: { port: 1 }, l: { port: 2 } } }],
  ["a value taken away, with a change", { name: "ccc", options: { l: { port: 2 } } }],
  ["a value given again", { name: "ccc", size: 3, secret: "one" }],
];

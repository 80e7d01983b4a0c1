// A provider that writes down what it is asked: run through the test driver and through Terraform, both protocols must be the same.
import type { ObjectValue, Private, Provider, Resource, Value } from "../../lib/plugin";

export interface RecordingProvider {
  readonly provider: Provider<null>;
  /** Calls so far: what was asked and what came with it. */
  readonly calls: object[];
}

export function recordingProvider(): RecordingProvider {
  const calls: object[] = [];
  const note = (call: string, data: Private, values: { readonly [name: string]: Value | null }): void => {
    calls.push({ call, private: data, ...values });
  };
  const thing: Resource<null> = {
    schema: {
      version: 0,
      attributes: {
        id: { type: "string", description: "Identifier.", computed: true },
        name: { type: "string", description: "Name.", required: true },
        kind: { type: "string", description: "Kind.", optional: true, requiresReplace: true },
        size: { type: "number", description: "Size.", optional: true, computed: true },
        any: { type: "dynamic", description: "Anything.", optional: true },
        secret: { type: "string", description: "Secret.", optional: true, writeOnly: true },
        renew: { type: "bool", description: "Whether the secret replaces.", optional: true },
      },
      blocks: {
        rule: {
          nesting: "set",
          block: {
            attributes: {
              port: { type: "number", description: "Port.", required: true },
              id: { type: "string", description: "Identifier.", optional: true, computed: true },
            },
          },
        },
        box: {
          nesting: "group",
          block: { attributes: { label: { type: "string", description: "Label.", optional: true } } },
        },
      },
    },
    async plan({ prior, proposed, config, private: data }) {
      note("plan", data, { prior, proposed });
      return {
        planned: proposed,
        private: { planned: prior === null ? "create" : "update", before: data },
        requiresReplace: config["renew"] === true ? [["secret"]] : [],
      };
    },
    async planDelete({ prior, private: data }) {
      note("plan delete", data, { prior });
      return { private: { planned: "delete", before: data } };
    },
    async create({ planned, private: data }) {
      note("create", data, { planned });
      return { state: known(planned), private: { created: true } };
    },
    async update({ prior, planned, private: data }) {
      note("update", data, { prior, planned });
      return { state: known(planned), private: { updated: true } };
    },
    async delete({ prior, private: data }) {
      note("delete", data, { prior });
    },
    async read({ state }) {
      return { state };
    },
  };
  const provider: Provider<null> = {
    address: "registry.terraform.io/test/recording",
    version: "0.0.0",
    schema: { attributes: {} },
    resources: { recording_thing: thing },
    dataSources: {},
    configure: () => null,
  };
  return { provider, calls };
}

/** What an apply decides. */
function known(planned: ObjectValue): ObjectValue {
  const rules = Array.isArray(planned["rule"]) ? (planned["rule"] as readonly ObjectValue[]) : [];
  return {
    ...planned,
    id: "thing",
    size: typeof planned["size"] === "number" ? planned["size"] : 1,
    rule: rules.map((rule) => ({ ...rule, id: typeof rule["id"] === "string" ? rule["id"] : "rule" })),
  };
}

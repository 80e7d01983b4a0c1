// A little generic provider for the framework's own tests: things in memory, one store per test.
import {
  type CallContext,
  DiagnosticError,
  type ObjectValue,
  type Provider,
  type Resource,
  unknown,
} from "../../lib/plugin";

export interface DemoData {
  readonly region: string;
  readonly store: DemoStore;
}

export class DemoStore {
  public readonly things = new Map<string, ObjectValue>();
  public readonly calls: string[] = [];
  /** The next create or update throws. */
  public failure: Error | null = null;
  /** Creates wait for the signal to abort. */
  public waitForStop = false;
  public waiting: () => void = () => undefined;
  private sequence = 0;

  public nextId(): string {
    this.sequence += 1;
    return `thing-${this.sequence}`;
  }
}

const thing: Resource<DemoData> = {
  schema: {
    version: 2,
    attributes: {
      id: { type: "string", description: "Identifier.", computed: true, stable: true },
      name: { type: "string", description: "Name.", required: true },
      kind: { type: "string", description: "Kind.", optional: true, requiresReplace: true },
      size: { type: "number", description: "Size.", optional: true, computed: true },
      exact: { type: ["list", "number"], description: "Exact numbers.", optional: true },
      tags: { type: ["map", "string"], description: "Tags.", optional: true },
      labels: { type: ["set", "string"], description: "Labels.", optional: true },
      any: { type: "dynamic", description: "Anything.", optional: true },
      region: { type: "string", description: "Region.", computed: true, stable: true },
      secret: { type: "string", description: "Never stored.", optional: true, writeOnly: true },
    },
    blocks: {
      disk: {
        nesting: "list",
        block: {
          attributes: {
            gigabytes: { type: "number", description: "Size.", required: true },
            device: { type: "string", description: "Device.", computed: true, stable: true },
          },
        },
      },
      timeouts: {
        nesting: "single",
        block: { attributes: { create: { type: "string", description: "Time for create.", optional: true } } },
      },
    },
  },
  validate(config, { diagnostics }) {
    if (config["name"] === "forbidden") diagnostics.error("The name is forbidden", "Choose another.", ["name"]);
  },
  async plan({ prior, proposed }) {
    if (prior !== null) return { planned: proposed };
    return { planned: { ...proposed, id: unknown({ notNull: true, prefix: "thing-" }) } };
  },
  async planDelete({ prior }, { diagnostics }) {
    diagnostics.warning(`${String(prior["name"])} will be lost`);
    return {};
  },
  async create({ planned }, { data, signal }) {
    const { store } = data;
    store.calls.push(`create ${String(planned["name"])}`);
    fail(store);
    if (store.waitForStop) await stopped(store, signal);
    const state = complete(store.nextId(), planned, data);
    store.things.set(String(state["id"]), state);
    return { state, private: { token: "kept", stopped: signal.aborted } };
  },
  async read({ state }, { data }) {
    return { state: data.store.things.get(String(state["id"])) ?? null };
  },
  async update({ prior, planned }, { data }) {
    data.store.calls.push(`update ${String(planned["name"])}`);
    fail(data.store);
    const state = complete(String(prior["id"]), planned, data);
    data.store.things.set(String(state["id"]), state);
    return { state };
  },
  async delete({ prior, private: kept }, { data }) {
    data.store.calls.push(`delete ${String(prior["name"])} ${JSON.stringify(kept)}`);
    data.store.things.delete(String(prior["id"]));
  },
  async importState({ id }) {
    return { state: { id }, private: { token: "imported" } };
  },
  async upgradeState({ version, state }) {
    return version === 1 ? { ...state, name: state["title"] } : state;
  },
};

function fail(store: DemoStore): void {
  const { failure } = store;
  store.failure = null;
  if (failure !== null) throw failure;
}

function stopped(store: DemoStore, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve());
    store.waiting();
  });
}

function complete(id: string, planned: ObjectValue, { region }: DemoData): ObjectValue {
  const disks = planned["disk"] as readonly ObjectValue[];
  return {
    ...planned,
    id,
    region,
    size: typeof planned["size"] === "number" ? planned["size"] : 1,
    disk: disks.map((disk, index) => ({ ...disk, device: `/dev/sd${"abc"[index]}` })),
  };
}

export function demoProvider(store: DemoStore = new DemoStore()): Provider<DemoData> {
  return {
    address: "registry.terraform.io/test/demo",
    version: "1.2.3",
    schema: {
      attributes: { region: { type: "string", description: "Region.", optional: true } },
    },
    resources: { demo_thing: thing },
    dataSources: {
      demo_echo: {
        schema: {
          attributes: {
            text: { type: "string", description: "Text.", required: true },
            echo: { type: "string", description: "Echo.", computed: true },
          },
        },
        async read({ config }, { data }: CallContext<DemoData>) {
          if (config["text"] === "lost") throw new DiagnosticError("There is no echo", "Shout louder.", ["text"]);
          return { ...config, echo: `${data.region}: ${String(config["text"])}` };
        },
      },
    },
    configure(config) {
      return { region: typeof config["region"] === "string" ? config["region"] : "nowhere", store };
    },
  };
}

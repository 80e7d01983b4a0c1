// Calls of the protocol as Terraform makes them, on a connection of their own: the handlers of the real calls, without transport.
import {
  createLogger,
  decodeMsgpack,
  encodeMsgpack,
  type ObjectValue,
  type Provider,
  type Resource,
  type ResourceSchema,
} from "../../../lib/plugin";
import { blockType } from "../../../lib/plugin/cty/type";
import type { Call } from "../../../lib/plugin/server/call";
import { Connection } from "../../../lib/plugin/server/connection";
import { completeObject, type DynamicMessage } from "../../../lib/plugin/server/values";
import type { MessageTable } from "../../../lib/plugin/wire/protobuf";

export const TYPE = "demo_thing";

export const SCHEMA: ResourceSchema = {
  version: 2,
  attributes: {
    id: { type: "string", description: "Id.", computed: true, stable: true },
    name: { type: "string", description: "Name.", required: true },
    size: { type: "number", description: "Size.", optional: true, computed: true },
    secret: { type: "string", description: "Secret.", optional: true, writeOnly: true },
  },
  blocks: {
    rule: {
      nesting: "list",
      block: { attributes: { port: { type: "number", description: "Port.", required: true } } },
    },
  },
};

type Hooks = Partial<Resource<unknown>>;

/** A provider of one resource, with what a test is about. */
export function providerOf(hooks: Hooks = {}, more: Partial<Provider<unknown>> = {}): Provider<unknown> {
  const thing: Resource<unknown> = {
    schema: SCHEMA,
    read: async ({ state }) => ({ state }),
    create: async ({ planned }) => ({ state: planned }),
    update: async ({ planned }) => ({ state: planned }),
    delete: async () => undefined,
    ...hooks,
  };
  return {
    address: "test/test/demo",
    version: "1.0.0",
    schema: { attributes: { region: { type: "string", description: "Region.", optional: true } } },
    resources: { [TYPE]: thing },
    dataSources: {},
    configure: () => null,
    ...more,
  };
}

/** A connection that is configured, and the lines that it logs. */
export function connectTo(provider: Provider<unknown>): { readonly connection: Connection; readonly logged: string[] } {
  const logged: string[] = [];
  const connection = new Connection(
    provider,
    createLogger({ TF_LOG: "trace" }, (line) => void logged.push(line)),
  );
  connection.configure(null);
  return { connection, logged };
}

/** Sends a request, and reads what comes back. */
export async function ask<RequestIn, ResponseOut>(
  call: Call,
  [request, response]: readonly [MessageTable<unknown, RequestIn>, MessageTable<ResponseOut, unknown>],
  connection: Connection,
  fields: RequestIn,
): Promise<ResponseOut> {
  return response.decode(await call.handle(connection, request.encode(fields)));
}

/** An object of the resource as Terraform sends it; what is left out is null. */
export function sent(value: ObjectValue | null): { readonly msgpack: Buffer } {
  const type = blockType(SCHEMA);
  return { msgpack: encodeMsgpack(value === null ? null : completeObject(value, SCHEMA), type) };
}

/** An object of the resource as Terraform reads it; undefined where none was sent. */
export function received(message: DynamicMessage | undefined): ObjectValue | null | undefined {
  if (message?.msgpack === undefined || message.msgpack.length === 0) return undefined;
  return decodeMsgpack(message.msgpack, blockType(SCHEMA)) as ObjectValue | null;
}

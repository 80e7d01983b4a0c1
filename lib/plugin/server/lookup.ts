// The resource or data source that a call names.
import { blockType } from "../cty/type";
import { own } from "../cty/values";
import type { DataSource, Resource, Type } from "../types";
import type { Connection } from "./connection";
import { RequestError } from "./values";

export function resourceOf(connection: Connection, name: string): Resource<unknown> {
  return own(connection.provider.resources, name) ?? missing(connection, "resource", name);
}

export function dataSourceOf(connection: Connection, name: string): DataSource<unknown> {
  return own(connection.provider.dataSources, name) ?? missing(connection, "data source", name);
}

/** The type that the paths of diagnostics walk. */
export function resourceType(connection: Connection, name: string): () => Type {
  return () => blockType(resourceOf(connection, name).schema);
}

export function dataSourceType(connection: Connection, name: string): () => Type {
  return () => blockType(dataSourceOf(connection, name).schema);
}

function missing(connection: Connection, kind: string, name: string): never {
  throw new RequestError(`There is no ${kind} ${name}`, `${connection.provider.address} does not have it.`);
}

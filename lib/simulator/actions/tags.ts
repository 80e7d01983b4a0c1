// The tag service zrm (zenlayer-api 2.4).
import { Refusal } from "../errors";
import { type Body, type Field, textOf, textsOf } from "../fields";
import type { Machine, Tag } from "../types";
import type { World } from "../world";
import type { ActionDefinition } from "./action";

const RESOURCE: Field = { name: "resourceUuid", type: "string", required: true };

export const modifyResourceTags: ActionDefinition = {
  fields: [RESOURCE, { name: "replaceTags", type: "objects" }, { name: "deleteTagKeys", type: "strings" }],
  run: ({ world, body }) => {
    const machine = taggedMachine(world, body);
    const replace = ((body["replaceTags"] ?? []) as readonly Partial<Tag>[]).map(readTag);
    const removed = new Set([...(textsOf(body, "deleteTagKeys") ?? []), ...replace.map((tag) => tag.key)]);
    machine.tags = [...machine.tags.filter((tag) => !removed.has(tag.key)), ...replace];
    return {};
  },
};

export const describeResourceTags: ActionDefinition = {
  fields: [RESOURCE],
  run: ({ world, body }) => ({ tags: taggedMachine(world, body).tags }),
};

function readTag(tag: Partial<Tag>): Tag {
  if (typeof tag.key !== "string" || typeof tag.value !== "string") {
    throw new Refusal(400, "INVALID_PARAMETER_TYPE", "replaceTags takes objects of key and value.");
  }
  return { key: tag.key, value: tag.value };
}

function taggedMachine(world: World, body: Body): Machine {
  const machine = world.machines.get(textOf(body, "resourceUuid") ?? "");
  if (machine === undefined)
    throw new Refusal(404, "OPERATION_FAILED_RESOURCE_NOT_FOUND", "The resource does not exist.");
  return machine;
}

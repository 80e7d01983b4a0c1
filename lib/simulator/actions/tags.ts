// The tag service zrm (zenlayer-api 2.4).
import { formatTime } from "../durations";
import { Refusal } from "../errors";
import { type Body, type Field, objectsOf, textOf, textsOf } from "../fields";
import type { Machine, Tag } from "../types";
import type { World } from "../world";
import type { ActionDefinition } from "./action";

const RESOURCE: Field = { name: "resourceUuid", type: "string", required: true };

export const modifyResourceTags: ActionDefinition = {
  fields: [
    RESOURCE,
    { name: "replaceTags", type: "objects", inside: ["key", "value"] },
    { name: "deleteTagKeys", type: "strings" },
  ],
  run: ({ world, body }) => {
    const machine = taggedMachine(world, body);
    const createdDate = formatTime(world.clock.milliseconds());
    const replace = objectsOf(body, "replaceTags").map((tag) => ({ ...readTag(tag), createdDate }));
    const removed = new Set([...(textsOf(body, "deleteTagKeys") ?? []), ...replace.map((tag) => tag.key)]);
    machine.tags = [...machine.tags.filter((tag) => !removed.has(tag.key)), ...replace];
    return {};
  },
};

export const describeResourceTags: ActionDefinition = {
  fields: [RESOURCE],
  run: ({ world, body }) => {
    const { tags, createTime } = taggedMachine(world, body);
    const dataSet = tags.map(({ key, value, createdDate }) => ({ key, value, createdDate: createdDate ?? createTime }));
    return { totalCount: dataSet.length, dataSet };
  },
};

export function readTag(tag: Body): Tag {
  const { key, value } = tag;
  if (typeof key !== "string" || typeof value !== "string") {
    throw new Refusal(400, "INVALID_PARAMETER_TYPE", "Tags are objects of key and value.");
  }
  return { key, value };
}

function taggedMachine(world: World, body: Body): Machine {
  const machine = world.machines.get(textOf(body, "resourceUuid") ?? "");
  if (machine === undefined)
    throw new Refusal(404, "OPERATION_FAILED_RESOURCE_NOT_FOUND", "The resource does not exist.");
  return machine;
}

// The provider's configuration. Everything is optional: what is left out comes from the environment.
import { optional } from "./attributes";
import type { BlockSchema } from "./types";

export const providerSchema: BlockSchema = {
  description:
    "Plans and applies the specification (instance type, public bandwidth, traffic package) of Zenlayer machines that exist already. " +
    "It never buys, replaces or releases a machine. " +
    "A machine leaves the state only where the credentials that saw it, or others of the same account, find at the same endpoint that it has gone; never while an order for it is open.",
  attributes: {
    access_key_id: optional(
      "string",
      "Access key id. Default: `ZENLAYERCLOUD_ACCESS_KEY_ID`, then `ZENLAYER_ACCESS_KEY_ID`, then the profile of the official command-line tool.",
    ),
    access_key_password: {
      type: "string",
      optional: true,
      sensitive: true,
      description:
        "Access key password. Default: `ZENLAYERCLOUD_ACCESS_KEY_PASSWORD`, then `ZENLAYER_ACCESS_KEY_SECRET`, then the profile. " +
        "Never write it as a literal: it would stand in the configuration and in plan files.",
    },
    token: {
      type: "string",
      optional: true,
      sensitive: true,
      description:
        "Bearer token, instead of a key pair. Wins over a key pair of the same or a later source. Default: `ZENLAYER_TOKEN`, then the profile. " +
        "Never write it as a literal: it would stand in the configuration and in plan files.",
    },
    profile: optional(
      "string",
      "Profile of the official command-line tool (`~/.zenlayer`) to take credentials from. Default: `ZENLAYER_PROFILE`, then the tool's current profile.",
    ),
    endpoint: optional(
      "string",
      "Address of the Zenlayer API as a URL. Default: `ZENLAYER_ENDPOINT`, then `https://console.zenlayer.com`. Set it to use the simulator.",
    ),
    request_timeout: optional(
      "number",
      "How long one request to the API may take, in seconds, looking up its name and connecting included. Greater than 0. Default: 30. " +
        "Where a name has several addresses, each is tried for a quarter of a second first, and those that stay silent for four times as long in each later pass.",
    ),
    max_requests_per_second: optional(
      "number",
      "Highest number of requests to the API per second. Greater than 0. Default: no limit of our own; a rate limit of the API (429) lowers the rate either way. Where it is set, no status is read ahead of being asked for, which makes large plans slower at a distant API.",
    ),
    max_retries: optional(
      "number",
      "How often a read, or a call that a rate limit refused, is repeated. Integer from 0. A change is never sent twice. Default: 8.",
    ),
    vm_api_version: optional("string", "Version of the VM API. Default: `2026-04-01`; the older one is `2023-03-13`."),
    bmc_api_version: optional(
      "string",
      "Version of the BMC API. Default: `2026-02-01`; the older one is `2022-11-20`.",
    ),
    read_only: optional(
      "bool",
      "Refuse to change anything at apply. Default: false, or `ZENLAYER_READ_ONLY`, which lets a job that only plans set it without changing the plan.",
    ),
  },
};

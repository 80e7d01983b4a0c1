// Every error that can reach a user, once: code, class, meaning and cure. docs/errors.md shows the same rows; a test compares them.
import type { ErrorClass } from "./types";

export interface ErrorEntry {
  /** Normalised: upper snake case, FAILED for FILED. */
  readonly code: string;
  /** Who raises it: an action of this project, the service as a whole, or this client. */
  readonly origin: "business" | "common" | "client";
  readonly errorClass: ErrorClass;
  /** On a read the machine counts as gone. */
  readonly goneOnRead?: true;
  /** It says that the service does not take the credentials: nothing more is sent with them. */
  readonly refusesCredentials?: true;
  /** It says that the service knows no such type: no change to it can ever be. */
  readonly unknownType?: true;
  /** `wait` holds only while the machine's status is transient; on a stable status the user has to act. */
  readonly dependsOnStatus?: true;
  /** Terraform attribute to which it belongs. */
  readonly attribute: string | null;
  readonly summary: string;
  readonly cure: string;
}

type Row = Omit<ErrorEntry, "origin">;

const WAITS = "Nothing has to be done: the change is observed until it is over, then decided anew.";
const INTERNAL = "This should not happen: please report it with the request id.";
const LATER = "Try again later; if it stays, ask Zenlayer support with the request id.";
const UNPAID_UNKNOWN = "Plan again: the plan reads what is really in force before it orders anything.";

const BUSINESS: readonly Row[] = [
  {
    code: "INVALID_INSTANCE_NOT_FOUND",
    errorClass: "gone",
    attribute: "instance_id",
    summary: "This machine does not exist, or these credentials may not see it.",
    cure: "Check the instance id, the product (VM or bare metal) and the account of the credentials.",
  },
  {
    code: "INVALID_INSTANCE_TYPE_NOT_CHANGED",
    errorClass: "noop",
    attribute: "instance_type",
    summary: "The machine has this type already.",
    cure: "Nothing has to be done: the status is read again to confirm it.",
  },
  {
    code: "OPERATION_FAILED_INSTANCE_TYPE_UNSUPPORTED",
    errorClass: "config",
    attribute: "instance_type",
    summary: "This machine cannot be converted from its type to the wanted one.",
    cure: "Choose a type of the same series.",
  },
  {
    code: "INVALID_PRODUCT_NOT_FOUND",
    errorClass: "config",
    unknownType: true,
    attribute: "instance_type",
    summary: "Zenlayer does not know the wanted type.",
    cure: "Choose a type that the data source zenlayer_vm_instance_types lists for the machine's zone.",
  },
  {
    code: "INVALID_INSTANCE_TYPE_NOT_FOUND",
    errorClass: "config",
    unknownType: true,
    attribute: "instance_type",
    summary: "Zenlayer does not know the wanted type.",
    cure: "Choose a type that the data source zenlayer_vm_instance_types lists for the machine's zone.",
  },
  {
    code: "OPERATION_DENIED_INSTANCE_EXIST_PLAN",
    errorClass: "wait",
    attribute: "instance_type",
    summary: "A type change is scheduled for this machine already.",
    cure: WAITS,
  },
  {
    code: "OPERATION_DENIED_INSTANCE_PLAN_PROCESSING",
    errorClass: "wait",
    attribute: "instance_type",
    summary: "A type change is being executed on this machine.",
    cure: WAITS,
  },
  {
    code: "UNSUPPORTED_OPERATION_INSTANCE_STATUS",
    errorClass: "wait",
    dependsOnStatus: true,
    attribute: "instance_type",
    summary: "The machine is neither running nor stopped.",
    cure: "Wait until it is, or start it.",
  },
  {
    code: "UNSUPPORTED_OPERATION_ZONE_NOT_SUPPORT",
    errorClass: "config",
    attribute: "instance_type",
    summary: "The machine's zone does not allow type changes.",
    cure: "Keep the type of this machine.",
  },
  {
    code: "UNSUPPORTED_OPERATION_INSTANCE_BEING_RECYCLE",
    errorClass: "user",
    goneOnRead: true,
    attribute: "instance_id",
    summary: "The machine is in the recycle bin.",
    cure: "Restore it in the Zenlayer console, or remove it from the configuration.",
  },
  {
    code: "OPERATION_DENIED_INSTANCE_NOT_RUNNING",
    errorClass: "wait",
    dependsOnStatus: true,
    attribute: "internet_max_bandwidth_out",
    summary: "The bandwidth can be changed only while the machine is running.",
    cure: "Start the machine, then apply again.",
  },
  {
    code: "INVALID_PARAMETER_BANDWIDTH_EXCEED",
    errorClass: "config",
    attribute: "internet_max_bandwidth_out",
    summary: "The wanted bandwidth is above the machine's maximum.",
    cure: "Lower it to what the machine's type or model allows.",
  },
  {
    code: "OPERATION_DENIED_INSTANCE_EXIST_PLAN_BANDWIDTH",
    errorClass: "wait",
    attribute: "internet_max_bandwidth_out",
    summary: "A bandwidth change is scheduled for this machine already.",
    cure: WAITS,
  },
  {
    code: "OPERATION_DENIED_INSTANCE_BANDWIDTH_PROCESSING",
    errorClass: "wait",
    attribute: "internet_max_bandwidth_out",
    summary: "A bandwidth change is being executed on this machine.",
    cure: WAITS,
  },
  {
    code: "OPERATION_FAILED_INSTANCE_BANDWIDTH_PROCESSING",
    errorClass: "wait",
    attribute: "internet_max_bandwidth_out",
    summary: "A bandwidth change is being executed on this machine.",
    cure: WAITS,
  },
  {
    code: "OPERATION_DENIED_INTERNET_CHARGE_TYPE_NOT_SUPPORT",
    errorClass: "config",
    attribute: null,
    summary: "The machine's network billing does not allow this.",
    cure: "A traffic package needs ByTrafficPackage, a price or a scheduled downgrade of bandwidth needs ByBandwidth; the network billing of a machine cannot be changed.",
  },
  {
    code: "OPERATION_DENIED_INSTANCE_TRAFFIC_PACKAGE_PROCESSING",
    errorClass: "wait",
    attribute: "traffic_package_size",
    summary: "A change of the traffic package is being executed on this machine.",
    cure: WAITS,
  },
  {
    code: "OPERATION_FAILED_INSTANCE_EXIST_PLAN_TRAFFIC_PACKAGE",
    errorClass: "wait",
    attribute: "traffic_package_size",
    summary: "A smaller traffic package is scheduled for this machine already.",
    cure: WAITS,
  },
  {
    code: "OPERATION_FAILED_INSTANCE_NOT_EXIST_TRAFFIC_PACKAGE",
    errorClass: "config",
    attribute: "traffic_package_size",
    summary: "The machine has no traffic package.",
    cure: "Remove traffic_package_size: only a machine with ByTrafficPackage billing has one.",
  },
  {
    code: "INVALID_PARAMETER_TRAFFIC_PACKAGE_ERROR",
    errorClass: "config",
    attribute: "traffic_package_size",
    summary: "The size of the traffic package is not a multiple of 0.05 TB.",
    cure: "Round it to the next 0.05 TB.",
  },
  {
    code: "INVALID_PARAMETER_TRAFFIC_PACKAGE_LESS",
    errorClass: "config",
    attribute: "traffic_package_size",
    summary: "The traffic package is smaller than the one included in the price.",
    cure: "Raise it to the included size, or more.",
  },
  {
    code: "INVALID_PARAMETER_TRAFFIC_PACKAGE_EXCEED",
    errorClass: "config",
    attribute: "traffic_package_size",
    summary: "The traffic package is larger than Zenlayer sells.",
    cure: "Lower it, or ask Zenlayer support for the limit of your account.",
  },
  {
    code: "OPERATION_DENIED_INSTANCE_STATUS_NOT_SUPPORT",
    errorClass: "wait",
    dependsOnStatus: true,
    attribute: null,
    summary: "The machine's status does not allow this change.",
    cure: "Wait until it is running, or start it, then apply again.",
  },
  {
    code: "OPERATION_DENIED_DOWNGRADE_NOT_EXIST",
    errorClass: "noop",
    attribute: null,
    summary: "No downgrade is scheduled for this machine.",
    cure: "Nothing has to be done: the status is read again; the downgrade may just have taken effect.",
  },
  {
    code: "INVALID_INSTANCE_TYPE_ZONE_NO_SELL",
    errorClass: "config",
    attribute: null,
    summary: "Zenlayer gives no price, because the machine's type is not on sale in its zone.",
    cure: "The change itself may still be possible; without a price max_immediate_charge refuses it.",
  },
  {
    code: "INVALID_INSTANCE_BANDWIDTH_ZONE_NO_SELL",
    errorClass: "config",
    attribute: null,
    summary: "Zenlayer gives no price, because it sells no such bandwidth in the machine's zone.",
    cure: "The change itself may still be possible; without a price max_immediate_charge refuses it.",
  },
  {
    code: "INVALID_CHARGE_TYPE_NOT_SUPPORT",
    errorClass: "config",
    attribute: null,
    summary: "Zenlayer gives no price, because the machine's zone does not sell by this billing.",
    cure: "The change itself may still be possible; without a price max_immediate_charge refuses it.",
  },
  {
    code: "INVALID_ZONE_NOT_FOUND",
    errorClass: "config",
    attribute: "zone_id",
    summary: "Zenlayer does not know this zone.",
    cure: "Check the zone id.",
  },
  {
    code: "STOCK_INSUFFICIENT",
    errorClass: "user",
    attribute: "instance_type",
    summary: "The wanted type is out of stock in the machine's zone.",
    cure: "Try again later, choose another type, or ask Zenlayer support.",
  },
  {
    code: "OPERATION_DENIED_INSTANCE_RECYCLED",
    errorClass: "user",
    goneOnRead: true,
    attribute: "instance_id",
    summary: "The machine is in the recycle bin.",
    cure: "Restore it in the Zenlayer console, or remove it from the configuration.",
  },
  {
    code: "OPERATION_DENIED_INSTANCE_STATUS",
    errorClass: "wait",
    dependsOnStatus: true,
    attribute: null,
    summary: "The machine's status does not allow this.",
    cure: "Wait until it is running, or start it, then apply again.",
  },
  {
    code: "OPERATION_DENIED_INSTANCE_NOT_STOPPED",
    errorClass: "wait",
    dependsOnStatus: true,
    attribute: null,
    summary: "The machine has to be stopped for this.",
    cure: "Stop the machine, then apply again.",
  },
  {
    code: "OPERATION_DENIED_INSTANCE_CREATING",
    errorClass: "wait",
    dependsOnStatus: true,
    attribute: null,
    summary: "The machine is still being created.",
    cure: "Wait until it is running, then apply again.",
  },
  {
    code: "OPERATION_DENIED_INSTANCE_STATUS_INSTALLING",
    errorClass: "wait",
    dependsOnStatus: true,
    attribute: null,
    summary: "The machine is being installed.",
    cure: "Wait until it is running, then apply again.",
  },
  {
    code: "OPERATION_DENIED_INSTANCE_SUBSCRIPTION",
    errorClass: "user",
    attribute: null,
    summary: "The machine's subscription does not allow this.",
    cure: "Look at the subscription in the Zenlayer console, or ask Zenlayer support with the request id.",
  },
  {
    code: "OPERATION_DENIED_POSTPAID_PROMISE",
    errorClass: "user",
    attribute: null,
    summary: "A commitment on this pay-as-you-go machine does not allow this.",
    cure: "Look at the commitment in the Zenlayer console, or ask Zenlayer support with the request id.",
  },
  {
    code: "OPERATION_FAILED_INTERNET_CHARGE_TYPE_NOT_SUPPORT",
    errorClass: "config",
    attribute: null,
    summary: "The machine's network billing does not allow this.",
    cure: "The network billing of a machine cannot be changed: remove the attribute that needs another one.",
  },
  {
    code: "INVALID_BANDWIDTH_VALUE_EXCEED_MAXIMUM",
    errorClass: "config",
    attribute: "internet_max_bandwidth_out",
    summary: "The wanted bandwidth is above the maximum.",
    cure: "Lower it to what the machine's type or model allows.",
  },
];

const COMMON: readonly Row[] = [
  {
    code: "INTERNAL_SERVER_ERROR",
    errorClass: "retry",
    attribute: null,
    summary: "Zenlayer failed while it handled the request.",
    cure: LATER,
  },
  {
    code: "SERVICE_TEMPORARY_UNAVAILABLE",
    errorClass: "retry",
    attribute: null,
    summary: "Zenlayer is temporarily unavailable.",
    cure: LATER,
  },
  {
    code: "REQUEST_TIMED_OUT",
    errorClass: "unsure",
    attribute: null,
    summary: "No answer came in time.",
    cure: `${UNPAID_UNKNOWN} Where answers are slow, raise request_timeout.`,
  },
  {
    code: "REQUEST_LIMIT_EXCEEDED",
    errorClass: "retry",
    attribute: null,
    summary: "Zenlayer's rate limit was reached and stayed reached through all repetitions.",
    cure: "Nothing was executed by this request. Set max_requests_per_second, lower Terraform's -parallelism, or try again later.",
  },
  {
    code: "INVALID_OPERATION_TIMEOUT",
    errorClass: "unsure",
    attribute: null,
    summary: "The operation timed out at Zenlayer.",
    cure: UNPAID_UNKNOWN,
  },
  {
    code: "AUTHFAILURE_INVALID_AUTHORIZATION",
    errorClass: "config",
    refusesCredentials: true,
    attribute: null,
    summary:
      "Zenlayer did not accept the credentials: the token is unknown or has expired, or the Authorization header was changed on the way.",
    cure: "Check the credentials: ZENLAYERCLOUD_ACCESS_KEY_ID and ZENLAYERCLOUD_ACCESS_KEY_PASSWORD, or ZENLAYER_TOKEN. Nothing more is sent with these.",
  },
  {
    code: "AUTHFAILURE_SIGNATURE_FAILURE",
    errorClass: "config",
    refusesCredentials: true,
    attribute: null,
    summary: "Zenlayer did not accept the signature: the access key does not exist or its password is wrong.",
    cure: "Check ZENLAYERCLOUD_ACCESS_KEY_ID and ZENLAYERCLOUD_ACCESS_KEY_PASSWORD; if both are right, something on the way changes the requests. Nothing more is sent with these.",
  },
  {
    code: "AUTHFAILURE_SIGNATURE_EXPIRED",
    errorClass: "user",
    attribute: null,
    summary: "This computer's clock is more than five minutes off.",
    cure: "Set the clock (switch on NTP), then try again.",
  },
  {
    code: "AUTHFAILURE_UNAUTHORIZED_OPERATION",
    errorClass: "config",
    attribute: null,
    summary: "These credentials may not perform this action, or Zenlayer does not know it in this API version.",
    cure: "Give the member of the access key the permission in the console; check vm_api_version and bmc_api_version if you set them.",
  },
  {
    code: "MISSING_PARAMETER",
    errorClass: "config",
    attribute: null,
    summary: "Zenlayer misses a parameter.",
    cure: INTERNAL,
  },
  {
    code: "INVALID_PARAMETER_TYPE",
    errorClass: "config",
    attribute: null,
    summary: "A parameter has the wrong type.",
    cure: INTERNAL,
  },
  {
    code: "INVALID_PARAMETER_EXCEED_MAXIMUM",
    errorClass: "config",
    attribute: null,
    summary: "A value is larger than Zenlayer allows.",
    cure: "Lower the value that Zenlayer names.",
  },
  {
    code: "INVALID_PARAMETER_LESS_MINIMUM",
    errorClass: "config",
    attribute: null,
    summary: "A value is smaller than Zenlayer allows.",
    cure: "Raise the value that Zenlayer names.",
  },
  {
    code: "INVALID_PARAMETER_EXCEED_LENGTH",
    errorClass: "config",
    attribute: null,
    summary: "A value is longer than Zenlayer allows.",
    cure: "Shorten the value that Zenlayer names.",
  },
  {
    code: "INVALID_PARAMETER_LESS_LENGTH",
    errorClass: "config",
    attribute: null,
    summary: "A value is shorter than Zenlayer allows.",
    cure: "Lengthen the value that Zenlayer names.",
  },
  {
    code: "INVALID_PARAMETER_PATTERN_ERROR",
    errorClass: "config",
    attribute: null,
    summary: "A value does not have the form that Zenlayer expects.",
    cure: "Correct the value that Zenlayer names.",
  },
  {
    code: "INVALID_PARAMETER_DATE_FORMAT_ERROR",
    errorClass: "config",
    attribute: null,
    summary: "A date does not have the form that Zenlayer expects.",
    cure: INTERNAL,
  },
  {
    code: "INVALID_PARAMETER_VALUE",
    errorClass: "config",
    attribute: null,
    summary: "A value is not one of those that Zenlayer allows.",
    cure: "Correct the value that Zenlayer names.",
  },
  {
    code: "OPERATION_FAILED_FOR_RECYCLE_RESOURCE",
    errorClass: "user",
    goneOnRead: true,
    attribute: "instance_id",
    summary: "The machine is in the recycle bin.",
    cure: "Restore it in the Zenlayer console, or remove it from the configuration.",
  },
  {
    code: "OPERATION_FAILED_RESOURCE_NOT_FOUND",
    errorClass: "gone",
    attribute: "instance_id",
    summary: "This machine does not exist, or these credentials may not see it.",
    cure: "Check the instance id, the product (VM or bare metal) and the account of the credentials.",
  },
  {
    code: "OPERATION_FAILED_RESOURCE_GROUP_NOT_FOUND",
    errorClass: "config",
    attribute: "resource_group_id",
    summary: "Zenlayer does not know this resource group.",
    cure: "Check the resource group's id and the account of the credentials.",
  },
];

/** Raised where a machine is looked at with several actions. */
export const READS_DISAGREE = {
  code: "READS_DISAGREE",
  errorClass: "retry",
  attribute: null,
  summary: "Zenlayer's answers about this machine contradict each other, also when asked again.",
  cure: "Nothing was changed and nothing was forgotten. Plan again in a few minutes; if it stays so, ask Zenlayer support.",
} as const satisfies Row;

const CLIENT: readonly Row[] = [
  {
    code: "NETWORK_ERROR",
    errorClass: "retry",
    attribute: null,
    summary: "The connection to Zenlayer failed.",
    cure: "Check the network, the proxy (HTTPS_PROXY, NO_PROXY) and the endpoint, then try again.",
  },
  {
    code: "ENDPOINT_NOT_FOUND",
    errorClass: "config",
    attribute: "endpoint",
    summary: "The host of the endpoint is not known to the name service.",
    cure: "Check the endpoint (ZENLAYER_ENDPOINT) and the network.",
  },
  {
    code: "CERTIFICATE_REFUSED",
    errorClass: "config",
    attribute: "endpoint",
    summary:
      "The TLS connection failed: the certificate of the endpoint is not trusted, or the endpoint does not speak TLS.",
    cure: "Check the endpoint. If your company inspects TLS, name its certificate in SSL_CERT_FILE or NODE_EXTRA_CA_CERTS; verification cannot be switched off.",
  },
  {
    code: "PROXY_REFUSED",
    errorClass: "config",
    attribute: null,
    summary: "The proxy refused to connect to Zenlayer.",
    cure: "Check HTTPS_PROXY, its user name and password, and NO_PROXY.",
  },
  {
    code: "PROXY_INVALID",
    errorClass: "config",
    attribute: null,
    summary: "A variable names a proxy that requests to Zenlayer cannot go through; the message says which.",
    cure: "Name an HTTP proxy there, or name the host of the endpoint in NO_PROXY. A SOCKS proxy in ALL_PROXY is ignored.",
  },
  {
    code: "REDIRECT_REFUSED",
    errorClass: "config",
    attribute: "endpoint",
    summary: "The endpoint answered with a redirect, which is never followed, because a change could be ordered twice.",
    cure: "Set the endpoint to the address of the API itself.",
  },
  {
    code: "UNREADABLE_ANSWER",
    errorClass: "retry",
    attribute: null,
    summary: "The answer is not one of the Zenlayer API: cut short, not JSON, or too large.",
    cure: "Check the endpoint and the proxy. For a change, plan again: the plan reads what is really in force before it orders anything.",
  },
  {
    code: "SECURITY_CHALLENGE",
    errorClass: "user",
    attribute: null,
    summary:
      "The network edge in front of Zenlayer stopped the request with a security challenge; the API did not see it.",
    cure: "Let this network reach the API without a challenge: ask Zenlayer support to allow your address.",
  },
  {
    code: "REQUEST_BLOCKED",
    errorClass: "user",
    attribute: null,
    summary: "A security policy in front of Zenlayer blocked the request; the API did not see it.",
    cure: "Send it from a network that is not blocked, or ask Zenlayer support to allow your address.",
  },
  {
    code: "CREDENTIAL_VALUE_MISSING",
    errorClass: "config",
    attribute: null,
    summary: "Credentials are missing, or only half of a pair is set.",
    cure: "Set ZENLAYERCLOUD_ACCESS_KEY_ID and ZENLAYERCLOUD_ACCESS_KEY_PASSWORD, or ZENLAYER_TOKEN.",
  },
  {
    code: "CREDENTIAL_VALUE_INVALID",
    errorClass: "config",
    attribute: null,
    summary: "A key or token was damaged when it was copied; the message names which, and the character.",
    cure: "Copy it anew, in one piece and without anything around it.",
  },
  {
    code: "PROFILE_FILE_INVALID",
    errorClass: "config",
    attribute: "profile",
    summary: "A profile file of the official CLI cannot be used.",
    cure: "Repair or remove it, or log in again with the official CLI.",
  },
  {
    code: "ENDPOINT_INVALID",
    errorClass: "config",
    attribute: "endpoint",
    summary: "The endpoint is not the address of a service.",
    cure: "Give scheme, host and port only, e.g. https://console.zenlayer.com.",
  },
  {
    code: "OPTION_INVALID",
    errorClass: "config",
    attribute: null,
    summary: "An option of the client has a value that is not allowed.",
    cure: "Correct the option that the message names.",
  },
  READS_DISAGREE,
  {
    code: "TURN_TOO_LATE",
    errorClass: "retry",
    attribute: null,
    summary: "The call had to wait for its turn for so long that it was not sent.",
    cure: "Nothing has to be done: the machine is looked at again, then the call is decided anew.",
  },
  {
    code: "REQUEST_CANCELLED",
    errorClass: "user",
    attribute: null,
    summary: "The call was interrupted.",
    cure: "Apply again when you are ready; the plan reads what is really in force before it orders anything.",
  },
  {
    code: "CLIENT_CLOSED",
    errorClass: "config",
    attribute: null,
    summary: "The client was closed already.",
    cure: INTERNAL,
  },
  {
    code: "UNEXPECTED_FAILURE",
    errorClass: "unsure",
    attribute: null,
    summary: "Something failed inside the client.",
    cure: INTERNAL,
  },
];

const withOrigin = (origin: ErrorEntry["origin"], rows: readonly Row[]): ErrorEntry[] =>
  rows.map((row) => ({ origin, ...row }));

/** All rows, in the order of the documentation. */
export const ERROR_TABLE: readonly ErrorEntry[] = [
  ...withOrigin("business", BUSINESS),
  ...withOrigin("common", COMMON),
  ...withOrigin("client", CLIENT),
];

const BY_CODE: ReadonlyMap<string, ErrorEntry> = new Map(ERROR_TABLE.map((entry) => [entry.code, entry]));

/** The row of a code in any spelling; undefined when the code is unknown. */
export function findError(code: string): ErrorEntry | undefined {
  return BY_CODE.get(normaliseCode(code));
}

/** `Operation.Filed.X` → `OPERATION_FAILED_X`: the spellings that are known to occur become one. */
export function normaliseCode(wireCode: string): string {
  const upper = wireCode.trim().toUpperCase().replaceAll(".", "_");
  return upper.startsWith("OPERATION_FILED_") ? `OPERATION_FAILED_${upper.slice("OPERATION_FILED_".length)}` : upper;
}

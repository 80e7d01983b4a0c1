// The error table: complete against the API page, without doubles, and the same in the documentation.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ERROR_TABLE, findError, normaliseCode } from "../../lib/api";
import { errorOf, refused, startServer, testClient } from "./server";

/** zenlayer-api 4.3, 4.4 and the inquiries of 3: code and class. */
const PAGE: readonly (readonly [string, string])[] = [
  ["INVALID_INSTANCE_NOT_FOUND", "gone"],
  ["INVALID_INSTANCE_TYPE_NOT_CHANGED", "noop"],
  ["OPERATION_FAILED_INSTANCE_TYPE_UNSUPPORTED", "config"],
  ["INVALID_PRODUCT_NOT_FOUND", "config"],
  ["OPERATION_DENIED_INSTANCE_EXIST_PLAN", "wait"],
  ["OPERATION_DENIED_INSTANCE_PLAN_PROCESSING", "wait"],
  ["UNSUPPORTED_OPERATION_INSTANCE_STATUS", "wait"],
  ["UNSUPPORTED_OPERATION_ZONE_NOT_SUPPORT", "config"],
  ["UNSUPPORTED_OPERATION_INSTANCE_BEING_RECYCLE", "user"],
  ["OPERATION_DENIED_INSTANCE_NOT_RUNNING", "wait"],
  ["INVALID_PARAMETER_BANDWIDTH_EXCEED", "config"],
  ["OPERATION_DENIED_INSTANCE_EXIST_PLAN_BANDWIDTH", "wait"],
  ["OPERATION_DENIED_INSTANCE_BANDWIDTH_PROCESSING", "wait"],
  ["OPERATION_FAILED_INSTANCE_BANDWIDTH_PROCESSING", "wait"],
  ["OPERATION_DENIED_INTERNET_CHARGE_TYPE_NOT_SUPPORT", "config"],
  ["OPERATION_DENIED_INSTANCE_TRAFFIC_PACKAGE_PROCESSING", "wait"],
  ["OPERATION_FAILED_INSTANCE_EXIST_PLAN_TRAFFIC_PACKAGE", "wait"],
  ["OPERATION_FAILED_INSTANCE_NOT_EXIST_TRAFFIC_PACKAGE", "config"],
  ["INVALID_PARAMETER_TRAFFIC_PACKAGE_ERROR", "config"],
  ["INVALID_PARAMETER_TRAFFIC_PACKAGE_LESS", "config"],
  ["INVALID_PARAMETER_TRAFFIC_PACKAGE_EXCEED", "config"],
  ["OPERATION_DENIED_INSTANCE_STATUS_NOT_SUPPORT", "wait"],
  ["OPERATION_DENIED_DOWNGRADE_NOT_EXIST", "noop"],
  ["INVALID_INSTANCE_TYPE_ZONE_NO_SELL", "config"],
  ["INVALID_INSTANCE_TYPE_NOT_FOUND", "config"],
  ["INVALID_INSTANCE_BANDWIDTH_ZONE_NO_SELL", "config"],
  ["INVALID_CHARGE_TYPE_NOT_SUPPORT", "config"],
  ["INVALID_ZONE_NOT_FOUND", "config"],
  ["STOCK_INSUFFICIENT", "user"],
  ["OPERATION_DENIED_INSTANCE_RECYCLED", "user"],
  ["INTERNAL_SERVER_ERROR", "retry"],
  ["SERVICE_TEMPORARY_UNAVAILABLE", "retry"],
  ["REQUEST_TIMED_OUT", "unsure"],
  ["REQUEST_LIMIT_EXCEEDED", "retry"],
  ["INVALID_OPERATION_TIMEOUT", "unsure"],
  ["AUTHFAILURE_INVALID_AUTHORIZATION", "config"],
  ["AUTHFAILURE_SIGNATURE_FAILURE", "config"],
  ["AUTHFAILURE_SIGNATURE_EXPIRED", "user"],
  ["AUTHFAILURE_UNAUTHORIZED_OPERATION", "config"],
  ["MISSING_PARAMETER", "config"],
  ["INVALID_PARAMETER_TYPE", "config"],
  ["INVALID_PARAMETER_EXCEED_MAXIMUM", "config"],
  ["INVALID_PARAMETER_LESS_MINIMUM", "config"],
  ["INVALID_PARAMETER_EXCEED_LENGTH", "config"],
  ["INVALID_PARAMETER_LESS_LENGTH", "config"],
  ["INVALID_PARAMETER_PATTERN_ERROR", "config"],
  ["INVALID_PARAMETER_DATE_FORMAT_ERROR", "config"],
  ["INVALID_PARAMETER_VALUE", "config"],
  ["OPERATION_FAILED_FOR_RECYCLE_RESOURCE", "user"],
  ["OPERATION_FAILED_RESOURCE_NOT_FOUND", "gone"],
  ["OPERATION_FAILED_RESOURCE_GROUP_NOT_FOUND", "config"],
  ["OPERATION_DENIED_INSTANCE_STATUS", "wait"],
  ["OPERATION_DENIED_INSTANCE_NOT_STOPPED", "wait"],
  ["OPERATION_DENIED_INSTANCE_CREATING", "wait"],
  ["OPERATION_DENIED_INSTANCE_STATUS_INSTALLING", "wait"],
  ["OPERATION_DENIED_INSTANCE_SUBSCRIPTION", "user"],
  ["OPERATION_DENIED_POSTPAID_PROMISE", "user"],
  ["OPERATION_FAILED_INTERNET_CHARGE_TYPE_NOT_SUPPORT", "config"],
  ["INVALID_BANDWIDTH_VALUE_EXCEED_MAXIMUM", "config"],
];

test("every error that the service is known to send is in the table, and no other", () => {
  const ofService = ERROR_TABLE.filter((entry) => entry.origin !== "client");
  expect(ofService.map((entry) => [entry.code, entry.errorClass]).sort()).toEqual([...PAGE].sort());
});

test("every code stands once and is its own normal form; every text is a sentence", () => {
  expect(new Set(ERROR_TABLE.map((entry) => entry.code)).size).toBe(ERROR_TABLE.length);
  for (const entry of ERROR_TABLE) {
    expect(normaliseCode(entry.code)).toBe(entry.code);
    expect(entry.summary).toMatch(/^[A-Z].*\.$/);
    expect(entry.cure).toMatch(/^[A-Z].*\.$/);
  }
});

test.each([
  ["Operation.Filed.Instance.Exist.Plan.Traffic.Package", "OPERATION_FAILED_INSTANCE_EXIST_PLAN_TRAFFIC_PACKAGE"],
  ["OPERATION_FILED_INSTANCE_NOT_EXIST_TRAFFIC_PACKAGE", "OPERATION_FAILED_INSTANCE_NOT_EXIST_TRAFFIC_PACKAGE"],
  ["invalid_instanCe_not_found", "INVALID_INSTANCE_NOT_FOUND"],
])("%s is %s", (wire, code) => {
  expect(findError(wire)?.code).toBe(code);
});

test("each error of the service arrives with its texts, code, action, machine and request id", async () => {
  const server = await startServer();
  for (const [code] of PAGE) {
    // Of its own, because nothing more is sent with credentials that were refused.
    const { client } = testClient(server, { maxRetries: 0 });
    const entry = findError(code);
    server.reply(refused(code === "REQUEST_LIMIT_EXCEEDED" ? 429 : 403, code, `about ${code}`));
    const error = (await errorOf(client.vm.modifyType("900", "c.2c4g"))) as Error;
    expect(error).toMatchObject({ code, summary: entry?.summary, cure: entry?.cure, attribute: entry?.attribute });
    for (const text of [entry?.summary, entry?.cure, code, "ModifyInstanceType", "900", "T-REFUSED", `about ${code}`]) {
      expect(error.message).toContain(text);
    }
    client.close();
  }
  await server.close();
});

test("docs/errors.md shows the same table", () => {
  const page = readFileSync(join(__dirname, "..", "..", "docs", "errors.md"), "utf8");
  const [ofProvider = ""] = page.split("\n## Refused at synthesis\n");
  const rows = ofProvider
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) =>
      line
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim()),
    );
  const expected = ERROR_TABLE.map((entry) => [
    `\`${entry.code}\``,
    [
      entry.errorClass,
      ...(entry.goneOnRead ? ["gone on a read"] : []),
      ...(entry.dependsOnStatus ? ["depends on the status"] : []),
    ].join(", "),
    entry.attribute === null ? "" : `\`${entry.attribute}\``,
    entry.summary,
    entry.cure,
  ]);
  expect(rows).toEqual(expected);
});

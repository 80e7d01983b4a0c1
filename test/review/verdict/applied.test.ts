// After an apply: what was ordered by it, what is scheduled now, and what went wrong.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020";
import {
  appliedDocument,
  buildAppliedReport,
  parseLog,
  parseState,
  renderJson,
  renderMarkdown,
  type AppliedReport,
} from "../../../lib/review";
import {
  applyLine,
  bmc,
  bmcUpdate,
  cancel,
  change,
  CYCLE,
  applyLog,
  cutLog,
  logText,
  stateJson,
  stateResource,
  step,
  vm,
  vmUpdate,
  type DiagnosticValues,
  type PlanOptions,
  type Values,
} from "../plans";
import { input, plan } from "../support";

const web = stateResource(
  "zenlayer_vm_instance_spec.web",
  vm({
    internet_max_bandwidth_out: 400,
    effective_internet_max_bandwidth_out: 400,
    order_numbers: ["ORD-1"],
    change_count: 1,
  }),
);
const edge = stateResource(
  "zenlayer_bmc_traffic_package.edge",
  bmc({
    traffic_package_size: 2.5,
    order_numbers: ["ORD-2"],
    change_count: 4,
    pending: [{ axis: "traffic_package_size", from: "10", to: "2.5", phase: "scheduled", effective_at: CYCLE }],
  }),
);

interface Given {
  readonly resources?: readonly Values[];
  readonly lines?: readonly Values[];
  readonly diagnostics?: readonly DiagnosticValues[];
  readonly planned?: PlanOptions;
}

function applied({ resources = [web, edge], lines, diagnostics = [], planned }: Given): AppliedReport {
  return buildAppliedReport({
    name: "prod",
    states: [parseState(input(stateJson(resources), "state.json"))],
    logs: lines === undefined ? [] : [parseLog(input(applyLog(lines, diagnostics), "apply.log"))],
    plans: planned === undefined ? [] : [plan(planned)],
  });
}

const outcomes = (found: AppliedReport) =>
  Object.fromEntries(found.machines.map(({ address, outcome }) => [address.split(".")[1], outcome]));

test("a state alone shows orders and schedules, but not of which apply", () => {
  const found = applied({});
  expect(outcomes(found)).toEqual({ web: "unknown", edge: "unknown" });
  expect(found.machines[0]).toMatchObject({
    order_numbers: ["ORD-2"],
    change_count: 4,
    pending: [{ to: "2.5", phase: "scheduled", effective_at: CYCLE }],
    values: [
      { axis: "instance_type" },
      { axis: "internet_max_bandwidth_out" },
      { axis: "traffic_package_size", committed: "2.5", effective: "10" },
    ],
  });
  expect(found).toMatchObject({ exit_code: 2, summary: "1 change scheduled" });
});

test("the log tells the machines of this apply from the others", () => {
  const found = applied({ lines: [applyLine("zenlayer_vm_instance_spec.web", "update")] });
  expect(outcomes(found)).toEqual({ web: "ordered", edge: "untouched" });
  expect(found.summary).toBe("1 machine changed, 1 order placed · 1 change scheduled");
});

test("an adoption without a change has ordered nothing", () => {
  const quiet = stateResource("zenlayer_vm_instance_spec.web", vm());
  const found = applied({ resources: [quiet], lines: [applyLine("zenlayer_vm_instance_spec.web", "create")] });
  expect(outcomes(found)).toEqual({ web: "adopted" });
  expect(found).toMatchObject({ exit_code: 0, summary: "Nothing ordered" });
});

test("with the plan an update that ordered nothing is not counted", () => {
  const planned: PlanOptions = { changes: [vmUpdate([], { max_immediate_charge: 5 }), bmcUpdate()] };
  const lines = [
    applyLine("zenlayer_vm_instance_spec.web", "update"),
    applyLine("zenlayer_bmc_traffic_package.edge", "update"),
  ];
  expect(outcomes(applied({ planned, lines }))).toEqual({ web: "updated", edge: "ordered" });
});

test("a cancelled schedule is no order, and the numbers of earlier orders are not taken for it", () => {
  const found = applied({
    planned: { changes: [vmUpdate([step(cancel)])] },
    lines: [applyLine("zenlayer_vm_instance_spec.web", "update")],
    resources: [web],
  });
  expect(outcomes(found)).toEqual({ web: "cancelled" });
  expect(found).toMatchObject({ exit_code: 2, summary: "Nothing ordered · schedule of 1 machine cancelled" });
});

test("an import without a change, which no line of the log tells, is an adoption", () => {
  const imported = change("zenlayer_vm_instance_spec.web", ["no-op"], vm(), vm(), { importing: { id: "1" } });
  const found = applied({ planned: { changes: [imported] }, lines: [], resources: [web, edge] });
  expect(outcomes(found)).toEqual({ web: "adopted", edge: "untouched" });
});

test.each<readonly [string, Given, number]>([
  ["a resource that failed", { lines: [applyLine("zenlayer_vm_instance_spec.web", "update", "apply_errored")] }, 1],
  ["an error", { lines: [], diagnostics: [{ severity: "error", summary: "outcome unknown" }] }, 1],
  [
    "a refusal by a guard",
    { lines: [], diagnostics: [{ severity: "error", summary: "read-only", detail: "[guard:read_only]" }] },
    3,
  ],
  [
    "a guard that refuses during the apply",
    {
      lines: [applyLine("zenlayer_vm_instance_spec.web", "update", "apply_errored")],
      diagnostics: [
        { severity: "error", summary: "no", detail: "[guard:read_only]", address: "zenlayer_vm_instance_spec.web" },
      ],
    },
    3,
  ],
  ["nothing", { resources: [], lines: [] }, 0],
])("%s", (_, given, exitCode) => {
  expect(applied(given).exit_code).toBe(exitCode);
});

test("a log that was cut off is an error", () => {
  const cut = parseLog(input(JSON.stringify(applyLine("zenlayer_vm_instance_spec.web", "update"))));
  const found = buildAppliedReport({ name: "p", states: [], plans: [], logs: [cut] });
  expect(found).toMatchObject({ exit_code: 1, status: "error" });
});

const WEB = "zenlayer_vm_instance_spec.web";
const began = (address = WEB, action = "update") => applyLine(address, action, "apply_start");

/** Of whatever is there. */
function looked(given: {
  readonly logs?: readonly string[];
  readonly states?: readonly Values[];
  readonly planned?: PlanOptions;
  readonly unread?: readonly string[];
}): AppliedReport {
  return buildAppliedReport({
    name: "prod",
    states: (given.states ?? []).map((state) => parseState(input(state))),
    logs: (given.logs ?? []).map((text) => parseLog(input(text))),
    plans: given.planned === undefined ? [] : [plan(given.planned)],
    unread: given.unread ?? [],
  });
}

describe("what began and has no end", () => {
  const old = stateResource(WEB, vm());
  const killed = looked({
    logs: [cutLog([began()])],
    states: [stateJson([old])],
    planned: { changes: [vmUpdate()] },
  });

  test("is of unknown outcome: an error, and never nothing", () => {
    expect(killed).toMatchObject({
      exit_code: 1,
      nothing_ordered: false,
      summary: "The apply did not finish: the outcome of 1 change unknown",
      began: [{ kind: "resource", address: WEB, action: "update", because: "no_end" }],
    });
    expect(killed.machines).toMatchObject([{ outcome: "unknown", began: true, placed: null }]);
  });

  test("the page gives true advice", () => {
    const text = renderMarkdown(appliedDocument(killed));
    expect(text).toContain("Something may have been ordered");
    expect(text).toMatch(/unlock the state first: `terraform force-unlock ID`/);
    expect(text).toContain("Look at the account's orders");
    expect(text).toContain("does not mean that nothing was charged");
    expect(text).not.toContain("othing ordered");
  });

  test("stands beside what is known: the order of another machine counts", () => {
    const found = looked({
      logs: [cutLog([began(), began("zenlayer_bmc_traffic_package.edge"), applyLine(WEB, "update")])],
      states: [stateJson([web, edge])],
    });
    expect(found.summary).toBe(
      "The apply did not finish: 1 machine changed, 1 order placed · the outcome of 1 change unknown · 1 change scheduled",
    );
  });

  test("a machine that no state has is listed all the same", () => {
    const found = looked({ logs: [cutLog([began(WEB, "create")])], states: [stateJson([])] });
    expect(found.machines).toMatchObject([{ address: WEB, outcome: "unknown", began: true, values: [] }]);
  });

  test("an action and a machine of another provider count likewise", () => {
    const start = { type: "action_start", hook: { action: { addr: "action.a_b.c", resource_type: "a_b" } } };
    const found = looked({ logs: [cutLog([start, began("zenlayercloud_instance.a", "create")])] });
    expect(found.began).toMatchObject([
      { kind: "action", address: "action.a_b.c", type: "a_b", action: "invoke" },
      { kind: "resource", address: "zenlayercloud_instance.a" },
    ]);
    expect(found.exit_code).toBe(1);
  });

  test("a data source that was being read is none of it", () => {
    const read = applyLine("data.zenlayer_balance.a", "read", "apply_start");
    expect(looked({ logs: [cutLog([read])] })).toMatchObject({ began: [], exit_code: 1, nothing_ordered: false });
    expect(looked({ logs: [applyLog([read])] })).toMatchObject({ began: [], nothing_ordered: true });
  });

  test("the end of a later run in the same file is not its end", () => {
    const first = cutLog([began()]);
    const found = looked({ logs: [`${first}\n${applyLog([began(), applyLine(WEB, "update")])}`] });
    expect(found.began).toMatchObject([{ address: WEB }]);
  });

  test("a replacement that ended one thing and began another", () => {
    const found = looked({ logs: [cutLog([began(WEB, "delete"), applyLine(WEB, "delete"), began(WEB, "create")])] });
    expect(found.began).toMatchObject([{ address: WEB, action: "create" }]);
  });
});

test("wherever a log is cut, nothing is only said to be nothing when it is whole", () => {
  const EDGE = "zenlayer_bmc_traffic_package.edge";
  const whole = applyLog([began(), began(EDGE), applyLine(EDGE, "update"), applyLine(WEB, "update")]);
  const planned: PlanOptions = { changes: [vmUpdate([], { max_immediate_charge: 5 }), bmcUpdate([])] };
  for (let length = 0; length < whole.length; length += 7) {
    const text = whole.slice(0, length);
    if (!text.includes("\n")) continue;
    const found = looked({ logs: [text], states: [stateJson([web, edge])], planned });
    const ended = text.includes('"operation":"apply"}}');
    expect({ length, nothing: found.nothing_ordered && found.exit_code !== 1 }).toEqual({ length, nothing: ended });
    if (!ended) expect(found.exit_code).toBe(1);
  }
});

describe("an order counts whatever happened next", () => {
  const failing = (detail: string) =>
    applyLog(
      [began(), applyLine(WEB, "update", "apply_errored")],
      [{ severity: "error", summary: "failed", detail, address: WEB }],
    );

  test("by the state that counts more than before", () => {
    const found = looked({
      logs: [failing("Order ORD-1 stands.")],
      states: [stateJson([web])],
      planned: { changes: [vmUpdate()] },
    });
    expect(found.machines).toMatchObject([{ outcome: "failed", placed: ["ORD-1"] }]);
    expect(found.summary).toMatch(/1 order placed · 1 machine failed after its order/);
  });

  test("by the provider's mark, where no state has it", () => {
    const found = looked({
      logs: [failing("It never showed. [ordered:ORD-7,ORD-8] Import it.")],
      states: [stateJson([])],
    });
    expect(found.machines).toMatchObject([{ outcome: "failed", placed: ["ORD-7", "ORD-8"] }]);
    const text = renderMarkdown(appliedDocument(found));
    expect(text).toContain("`ORD-7`");
    expect(text).not.toContain("[ordered");
  });

  test("a lost answer is of unknown outcome", () => {
    const found = looked({
      logs: [failing("No usable answer came. [outcome:unknown]")],
      states: [stateJson([stateResource(WEB, vm())])],
    });
    expect(found.began).toMatchObject([{ address: WEB, because: "no_answer" }]);
    expect(found.machines).toMatchObject([{ outcome: "unknown", began: true, placed: null }]);
    expect(renderMarkdown(appliedDocument(found))).not.toMatch(/force-unlock|nothing ordered/i);
  });

  test("a failure that sent nothing has ordered nothing", () => {
    const found = looked({
      logs: [failing("Nothing was ordered.")],
      states: [stateJson([stateResource(WEB, vm())])],
      planned: { changes: [vmUpdate()] },
    });
    expect(found).toMatchObject({ exit_code: 1, nothing_ordered: true });
    expect(found.machines).toMatchObject([{ outcome: "failed", placed: null }]);
  });

  test("numbers that stood there before are not those of this apply", () => {
    const before = { order_numbers: ["ORD-1"], change_count: 1 };
    const found = looked({
      logs: [applyLog([began(), applyLine(WEB, "update")])],
      states: [stateJson([stateResource(WEB, vm({ order_numbers: ["ORD-1"], change_count: 2 }))])],
      planned: { changes: [vmUpdate(undefined, { change_count: 2 }, before)] },
    });
    expect(found.machines).toMatchObject([{ outcome: "ordered", placed: [] }]);
  });
});

describe("what cannot be seen is said", () => {
  test("the log of a plan is named for what it is", () => {
    const found = looked({
      logs: [logText([])],
      states: [stateJson([web])],
      planned: { changes: [vmUpdate([], {}, { change_count: 1 })] },
    });
    expect(found).toMatchObject({ exit_code: 1, nothing_ordered: false });
    expect(found.unseen).toEqual([expect.stringMatching(/is that of a plan/)]);
    expect(found.summary).toMatch(/whether anything was ordered is not known/);
  });

  test("beside the log of the apply it says which warnings are known", () => {
    const known = { severity: "warning", summary: "web-1: not renewed after 2026", address: WEB } as const;
    const charge = {
      severity: "warning",
      summary: "web-1: charges about 12.67 now, at most 38.00",
      address: WEB,
    } as const;
    const own = { severity: "warning", summary: "bandwidth was at its target already", address: WEB } as const;
    const found = looked({
      logs: [logText([known, charge]), applyLog([began(), applyLine(WEB, "update")], [known, charge, own])],
      states: [stateJson([web])],
    });
    expect(found.diagnostics.map(({ summary }) => summary)).toEqual([own.summary]);
    expect(found).toMatchObject({ exit_code: 2, unseen: [] });
  });

  test("a log alone makes a page", () => {
    const found = looked({ logs: [applyLog([began(), applyLine(WEB, "update")])], planned: { changes: [vmUpdate()] } });
    expect(found.machines).toMatchObject([{ outcome: "ordered", placed: [], calls: [{ from: "200", to: "400" }] }]);
    expect(found.exit_code).toBe(2);
    expect(found.unseen).toEqual([expect.stringMatching(/There is no state/)]);
  });

  test("an input that cannot be read is an error beside what can", () => {
    const found = looked({ logs: [applyLog()], unread: ["state.json is empty."] });
    expect(found).toMatchObject({ exit_code: 1, summary: "The apply cannot be seen as a whole: nothing ordered" });
    expect(renderMarkdown(appliedDocument(found))).toContain("state.json is empty.");
  });

  test("with neither state nor log the plan says what may have been done", () => {
    const found = looked({ unread: ["apply.log is empty."], planned: { changes: [vmUpdate()] } });
    expect(found).toMatchObject({ exit_code: 1, nothing_ordered: false });
    expect(found.machines).toMatchObject([{ address: WEB, outcome: "unknown", calls: [{ to: "400" }] }]);
    expect(found.summary).toMatch(/whether anything was ordered is not known/);
  });

  test("a plan and a state without a log: only the count says that it was done", () => {
    const planned: PlanOptions = { changes: [vmUpdate()] };
    const of = (values: Values) => looked({ states: [stateJson([stateResource(WEB, values)])], planned });
    expect(of(vm()).machines).toMatchObject([{ outcome: "unknown", placed: null }]);
    expect(of(vm({ change_count: 1, order_numbers: ["A"] })).machines).toMatchObject([
      { outcome: "ordered", placed: ["A"] },
    ]);
  });
});

test("a state file that could not be saved is read, and is newer than the state of the backend", () => {
  const raw = {
    version: 4,
    serial: 7,
    lineage: "l",
    outputs: { o: { value: "hidden-output", sensitive: true } },
    resources: [
      {
        module: 'module.a["x"]',
        mode: "managed",
        type: "zenlayer_vm_instance_spec",
        name: "web",
        provider: 'module.a.provider["registry.terraform.io/cdktf-zenlayer/zenlayer"]',
        instances: [
          { index_key: 0, attributes: vm({ order_numbers: ["ORD-1"], change_count: 1 }), sensitive_attributes: [] },
          {
            index_key: "k",
            attributes: vm({ instance_type: "hush-hush" }),
            sensitive_attributes: [[{ type: "get_attr", value: "instance_type" }]],
          },
          { index_key: 1, deposed: "d1", attributes: vm() },
        ],
      },
    ],
  } as const;
  const address = 'module.a["x"].zenlayer_vm_instance_spec.web[0]';
  const found = looked({
    logs: [cutLog([applyLine(address, "update")], [{ severity: "error", summary: "no backend: hidden-output" }])],
    states: [stateJson([stateResource("zenlayer_vm_instance_spec.web", vm())]), raw],
  });
  expect(found.machines.map((item) => item.address)).toEqual([
    'module.a["x"].zenlayer_vm_instance_spec.web["k"]',
    address,
    "zenlayer_vm_instance_spec.web",
  ]);
  expect(found.machines[1]).toMatchObject({ outcome: "ordered", placed: ["ORD-1"] });
  expect(JSON.stringify(found)).not.toMatch(/hush-hush|hidden-output/);
});

test("a machine that another provider bought is no reason to say that nothing was ordered", () => {
  const found = looked({
    logs: [applyLog([applyLine("zenlayercloud_instance.a", "create")])],
    states: [stateJson([])],
  });
  expect(found).toMatchObject({
    exit_code: 2,
    nothing_ordered: false,
    summary: "1 machine bought or changed by other resources",
  });
});

test("sensitive values of the state are hidden", () => {
  const secret = stateResource("zenlayer_vm_instance_spec.web", vm({ instance_type: "top-secret" }), {
    instance_type: true,
  });
  const diagnostics = [{ severity: "warning", summary: "top-secret ordered" }] as const;
  const found = applied({ resources: [secret], lines: [], diagnostics });
  expect(found.diagnostics[0]?.summary).toBe("(sensitive) ordered");
  expect(JSON.stringify(found)).not.toContain("top-secret");
});

test("the comment has a marker of its own and tells orders and dates", () => {
  const text = renderMarkdown(
    appliedDocument(applied({ lines: [applyLine("zenlayer_vm_instance_spec.web", "update")] })),
  );
  expect(text).toMatch(/^<!-- cdktf-zenlayer:applied:prod -->\n/);
  expect(text).toContain("| **web-1**<br>`900000000000000001`<br>zenlayer\\_vm\\_instance\\_spec.web | ✓ changed |");
  expect(text).toContain("`ORD-1`");
  expect(text).toContain("Traffic package `2.5 TB`, 2026-12-01 00:00 UTC");
  expect(text).not.toContain("ORD-2");
  expect(renderMarkdown(appliedDocument(applied({})))).toContain("of the last apply that placed any");
});

test("its JSON fits the schema", () => {
  const schema = JSON.parse(
    readFileSync(join(__dirname, "..", "..", "..", "docs/schemas/applied-report.v1.json"), "utf8"),
  ) as object;
  const validate = new Ajv2020().compile(schema);
  validate(JSON.parse(renderJson(applied({ lines: [], diagnostics: [{ severity: "warning", summary: "w" }] }))));
  expect(validate.errors).toBeNull();
});

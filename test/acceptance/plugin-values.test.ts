// Values that the standard code treats in its own way, through the real Terraform: a difference would be called a bug of the provider.
import { TerraformWorkspace } from "../../lib/testing";
import { demoProvider } from "../plugin/demo-provider";

let tf: TerraformWorkspace;

beforeEach(async () => {
  tf = await TerraformWorkspace.create({ providers: [demoProvider()] });
});
afterEach(() => tf.dispose());

function configure(body: string): Promise<void> {
  const header = 'terraform {\n  required_providers {\n    demo = { source = "test/demo" }\n  }\n}';
  return tf.write("main.tf", `${header}\n${body}\n`);
}

const thing = (...lines: string[]): string => `resource "demo_thing" "a" {\n  name = "a"\n  ${lines.join("\n  ")}\n}`;

test("numbers that were computed with 53 bits are applied, kept and changed", async () => {
  await configure(
    thing(
      "size  = pow(1.1, 2)",
      "any   = toset([pow(1.1, 2), log(10, 3), pow(2, -44)])",
      'exact = [0.1 + 0.2, 1 / 3, jsondecode("0.1"), 9007199254740993, 900000000000000001, 1e400, log(10, 3), pow(2, -24)]',
    ),
  );
  expect((await tf.apply()).exitCode).toBe(0);
  expect(await tf.attributes("demo_thing.a")).toMatchObject({ size: 1.2100000000000002 });
  expect((await tf.plan()).exitCode).toBe(0);
  expect((await tf.plan({ args: ["-refresh-only"] })).exitCode).toBe(0);
  await configure(thing("size = pow(1.1, 3)"));
  expect((await tf.apply()).exitCode).toBe(0);
  expect((await tf.plan()).exitCode).toBe(0);
});

test("of a number that the wire cannot tell from another we warn, with a cure that works", async () => {
  for (const number of ["1 / 1073741824", "pow(2, 70)"]) {
    await configure(thing(`size = ${number}`));
    const plan = await tf.plan();
    expect(plan.errors.map(({ summary }) => summary)).toEqual(["Provider produced invalid plan"]);
    expect(plan.warnings.map(({ summary }) => summary)).toEqual([
      "size may be a number that Terraform does not recognise again",
    ]);
    await configure(thing(`size = tonumber(format("%.15g", ${number}))`));
    expect((await tf.plan()).errors).toEqual([]);
  }
});

test("a number of more than 4,096 digits is refused in words", async () => {
  await configure(thing("size = 1e5000"));
  const [error] = (await tf.plan()).errors;
  expect(error?.detail).toBe(".size: the number has 5,001 digits, and 4,096 are the most");
});

test.each(["tostring(null)", "[tostring(null), 1]", "{ a = tobool(null) }", "tolist(null)"])(
  "the dynamic value %s keeps its type",
  async (value) => {
    await configure(thing(`any = ${value}`));
    expect((await tf.apply()).exitCode).toBe(0);
    expect((await tf.plan()).exitCode).toBe(0);
    await configure(thing(`any = ${value}`, "size = 3"));
    expect((await tf.apply()).exitCode).toBe(0);
    expect((await tf.plan()).exitCode).toBe(0);
  },
);

test("a required attribute that is null is refused once, at validation", async () => {
  const variable = 'variable "name" {\n  type    = string\n  default = null\n}';
  const body =
    'resource "demo_thing" "a" {\n  name = var.name\n  disk { gigabytes = 1 }\n  disk { gigabytes = null }\n}';
  await configure(`${variable}\n${body}`);
  const { diagnostics } = await tf.validate();
  expect(diagnostics.map(({ summary }) => summary)).toEqual(["disk[1].gigabytes is required"]);
  // A variable has no value yet when a configuration alone is validated.
  await configure(`${variable}\n${body.replace("null", "2")}`);
  expect((await tf.validate()).valid).toBe(true);
  expect((await tf.plan()).errors.map(({ summary }) => summary)).toEqual(["name is required"]);
  expect((await tf.plan({ args: ["-var=name=a"] })).errors).toEqual([]);
});

test("a required attribute that turns out to be null during the apply is refused, and nothing is created", async () => {
  await configure(
    `${thing("size = 1")}\nresource "demo_thing" "b" {\n  name = demo_thing.a.id == "thing-1" ? null : "b"\n}`,
  );
  const { exitCode, diagnostics } = await tf.apply();
  expect([exitCode, diagnostics.map(({ summary }) => summary)]).toEqual([1, ["name is required"]]);
  expect(await tf.attributes("demo_thing.b")).toBeNull();
});

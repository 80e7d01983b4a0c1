// What rides beside a resource is derived from what is rendered: import block, quote, and the address in the books.
import { Aspects, Lazy, TerraformIterator, TerraformStack, Testing, Token } from "cdktf";
import { BmcTrafficPackage, l1, VmInstanceSpec } from "../../lib";
import { BMC, newStack, only, synthHcl, synthStack, VM } from "./support";

const OTHER = "900000000000000009";
const RESOURCE = "zenlayer_vm_instance_spec";
const QUOTE = "zenlayer_vm_spec_quote";

const web = (stack: TerraformStack, props = {}): VmInstanceSpec =>
  new VmInstanceSpec(stack, "web", { instance: VM, bandwidth: 200, ...props });

describe("what is set late reaches import block and quote", () => {
  test.each<readonly [string, (spec: VmInstanceSpec, stack: TerraformStack) => void]>([
    ["on the resource", ({ resource }) => void (resource.instanceId = OTHER)],
    ["by an override of the resource", ({ resource }) => resource.addOverride("instance_id", OTHER)],
    ["by an override of the stack", (_spec, stack) => stack.addOverride(`resource.${RESOURCE}.web.instance_id`, OTHER)],
    [
      "by an aspect",
      ({ resource }, stack) =>
        Aspects.of(stack).add({ visit: (each) => void (each === resource && (resource.instanceId = OTHER)) }),
    ],
  ])("%s", (_case, change) => {
    const stack = newStack();
    change(web(stack), stack);
    const tf = synthStack(stack);
    expect(tf.import).toEqual([{ to: `${RESOURCE}.web`, id: OTHER }]);
    expect(only(tf.data, QUOTE)).toEqual({ instance_id: OTHER, internet_max_bandwidth_out: 200 });
  });

  test("desired values, provider and placement too", () => {
    const stack = newStack();
    const provider = new l1.ZenlayerProvider(stack, "other", { alias: "other" });
    const spec = web(stack);
    spec.resource.resetInternetMaxBandwidthOut();
    spec.resource.instanceType = "c.4c8g";
    spec.resource.provider = provider;
    expect(only(synthStack(stack).data, QUOTE)).toEqual({
      instance_id: VM,
      instance_type: "c.4c8g",
      provider: "zenlayer.other",
    });
    spec.resource.count = 1;
    expect(only(synthStack(stack).data, QUOTE)).toMatchObject({ count: 1 });
    expect(synthStack(stack).import).toBeUndefined();
    delete (spec.resource as { count?: number }).count;
    const iterator = TerraformIterator.fromList(["1", "2"]);
    spec.resource.forEach = iterator;
    spec.resource.instanceId = iterator.value as string;
    const tf = synthStack(stack);
    expect(only(tf.data, QUOTE)).toMatchObject({ for_each: '${toset(["1", "2"])}', instance_id: "${each.value}" });
    expect(tf.import).toBeUndefined();
  });

  test("in HCL as well", () => {
    const hcl = synthHcl((stack) => {
      const { resource } = web(stack);
      resource.instanceId = OTHER;
      resource.addOverride("internet_max_bandwidth_out", 300);
    });
    expect(hcl).not.toContain(VM);
    expect(hcl.match(new RegExp(OTHER, "g"))).toHaveLength(3);
    expect(hcl.match(/internet_max_bandwidth_out = 300/g)).toHaveLength(2);
  });

  test("a quote appears with the first desired value, and an override of its own stays", () => {
    const stack = newStack();
    const spec = new VmInstanceSpec(stack, "web", { instance: VM });
    expect(spec.quote).toBeUndefined();
    expect(synthStack(stack).data).toBeUndefined();
    spec.resource.instanceType = "c.4c8g";
    spec.quote?.addOverride("instance_type", "c.8c16g");
    expect(only(synthStack(stack).data, QUOTE)).toEqual({ instance_id: VM, instance_type: "c.8c16g" });
  });
});

describe("null means not given", () => {
  const nothing = {
    instanceType: null as unknown as string,
    onDowngrade: Token.asString(Token.nullValue()) as never,
    trafficPackageSize: Lazy.numberValue({ produce: () => null as unknown as number }),
    timeouts: null as never,
    quote: null as never,
    maxImmediateCharge: null as never,
  };

  test("for every optional value", () => {
    const stack = newStack();
    web(stack, nothing);
    const tf = synthStack(stack);
    const given = Object.entries(only(tf.resource, RESOURCE)).filter(([, value]) => value !== null);
    expect(Object.fromEntries(given)).toEqual({ instance_id: VM, internet_max_bandwidth_out: 200 });
  });

  test("so a specification of nulls asks no price", () => {
    const stack = newStack();
    new VmInstanceSpec(stack, "web", { instance: VM, ...nothing });
    expect(synthStack(stack).data).toBeUndefined();
  });

  test.each([
    [{ instanceType: "" }, /instanceType "" is not a type id/],
    [{ onDowngrade: "" }, /onDowngrade "" is not known/],
    [{ timeouts: { create: "" } }, /timeouts\.create "" is not a duration/],
    [{ timeouts: { create: "0s" } }, /timeouts\.create "0s" is not a duration greater than 0/],
  ])("but %j is refused", (props, message) => {
    expect(() => web(newStack(), props)).toThrow(message);
  });
});

describe("moves of the library", () => {
  test("moveTo leaves no import block and no quote behind, and takes the machine along", () => {
    const stack = newStack();
    const old = web(stack);
    const next = new VmInstanceSpec(stack, "next", { instance: VM, bandwidth: 200 });
    next.resource.addMoveTarget("web");
    old.resource.moveTo("web");
    const tf = synthStack(stack) as ReturnType<typeof synthStack> & { readonly moved: unknown };
    expect(tf.moved).toEqual([{ from: `${RESOURCE}.web`, to: `${RESOURCE}.next` }]);
    expect(Object.keys(tf.resource?.[RESOURCE] ?? {})).toEqual(["next"]);
    expect(tf.import).toEqual([{ to: `${RESOURCE}.next`, id: VM }]);
    expect(Object.keys(tf.data?.[QUOTE] ?? {})).toHaveLength(1);
  });

  test("moveToId likewise", () => {
    const stack = newStack();
    web(stack).resource.moveToId(`${RESOURCE}.next`);
    new VmInstanceSpec(stack, "next", { instance: VM, bandwidth: 200 });
    expect(synthStack(stack).import).toEqual([{ to: `${RESOURCE}.next`, id: VM }]);
  });

  test("importFrom is its author's, and ours is dropped", () => {
    const stack = newStack();
    web(stack).resource.importFrom(VM);
    expect(synthStack(stack).import).toHaveLength(1);
  });
});

describe("renamedFrom", () => {
  const moved = (build: (stack: TerraformStack) => void): unknown => {
    const stack = newStack();
    build(stack);
    return (synthStack(stack) as { readonly moved?: unknown }).moved;
  };

  test("writes a moved block, for hooks as well", () => {
    const before = newStack();
    new VmInstanceSpec(before, "old", { instance: VM, bandwidth: 200 }).onChange("smoke", { command: "true" });
    const [oldHook] = Object.keys(synthStack(before).resource?.["null_resource"] ?? {});
    const blocks = moved((stack) => {
      const spec = web(stack).renamedFrom("old");
      spec.onChange("smoke", { command: "true" });
    }) as { from: string; to: string }[];
    expect(blocks[0]).toEqual({ from: `${RESOURCE}.old`, to: `${RESOURCE}.web` });
    expect(blocks[1]).toMatchObject({ from: `null_resource.${oldHook}` });
    expect(blocks).toHaveLength(2);
  });

  test("knows paths, older ids and addresses", () => {
    const before = newStack();
    new VmInstanceSpec(new BmcTrafficPackage(before, "team", { instance: BMC, trafficPackageSize: 10 }), "web", {
      instance: VM,
    });
    const [inTeam] = Object.keys(synthStack(before).resource?.[RESOURCE] ?? {});
    expect(
      moved(
        (stack) =>
          void web(stack).renamedFrom("team/web").renamedFrom("older").renamedFrom("zenlayercloud_zvm_instance.web"),
      ),
    ).toEqual(
      [`${RESOURCE}.${inTeam}`, `${RESOURCE}.older`, "zenlayercloud_zvm_instance.web"].map((from) => ({
        from,
        to: `${RESOURCE}.web`,
      })),
    );
  });

  test("in HCL, without asking Terraform for its version", () => {
    const hcl = synthHcl((stack) => void web(stack).renamedFrom("old"));
    expect(hcl).toMatch(/moved \{\s*from = zenlayer_vm_instance_spec\.old\s*to = zenlayer_vm_instance_spec\.web\s*\}/);
    const stack = newStack();
    const spec = web(stack).renamedFrom("old");
    expect(spec.node.findAll().flatMap((each) => each.node.validate())).toEqual([]);
  });

  test("is refused with forEach", () => {
    const iterator = TerraformIterator.fromList(["1", "2"]);
    const many = new VmInstanceSpec(newStack(), "many", { forEach: iterator, instance: iterator.value });
    expect(() => many.renamedFrom("old")).toThrow(/renamedFrom needs a specification of one machine/);
  });
});

describe("names in Terraform", () => {
  const both = (...ids: string[]) => {
    const stack = newStack();
    ids.forEach((id, index) => new VmInstanceSpec(stack, id, { instance: `90${index}`, bandwidth: 200 }));
    return stack;
  };

  test.each([
    ["web.1", "web1"],
    ["web-서울", "web-부산"],
    ["a b", "ab"],
  ])("%s and %s would be one resource", (one, two) => {
    const stack = both(one, two);
    expect(() => synthStack(stack)).toThrow(`stack/${two}: this and stack/${one} have one name in Terraform`);
    expect(() => Testing.synthHcl(stack)).toThrow(/have one name in Terraform/);
  });

  test("are judged by the final ones", () => {
    const stack = both("web.1", "web1");
    (stack.node.findChild("web1") as VmInstanceSpec).resource.overrideLogicalId("web_one");
    (stack.node.findChild("web1") as VmInstanceSpec).quote?.overrideLogicalId("web_one_quote");
    expect(Object.keys(synthStack(stack).resource?.[RESOURCE] ?? {})).toEqual(["web1", "web_one"]);
  });

  test.each([
    ["1web", /^stack\/1web: Terraform would call this "1web" and refuses that.*choose an id such as "vm-1web"/],
    ["서울", /^stack\/서울: Terraform would call this "" and refuses that.*such as "web-1"/],
    ["-web", /would call this "-web"/],
  ])("%s is refused", (id, message) => {
    const stack = both(id);
    expect(() => synthStack(stack)).toThrow(message);
  });

  test("a digit further inside is none of its business", () => {
    const stack = newStack();
    const team = new BmcTrafficPackage(stack, "team", { instance: BMC, trafficPackageSize: 10 });
    new VmInstanceSpec(team, "1web", { instance: VM, bandwidth: 200 });
    expect(() => synthStack(stack)).not.toThrow();
  });

  test("construct paths in the files read as the author wrote them", () => {
    const stack = both("web");
    const tf = JSON.parse(JSON.stringify(stack.toTerraform())) as {
      resource: { [type: string]: { [name: string]: { "//": { metadata: { path: string } } } } };
    };
    expect(tf.resource[RESOURCE]?.["web"]?.["//"].metadata.path).toBe("stack/web");
  });
});

describe("numbers that were computed from tokens", () => {
  const token = (): number => Token.asNumber("${var.size}");

  test.each([
    ["bandwidth", (): number => token() * 2],
    ["trafficPackageSize", (): number => token() / 2],
    ["maxImmediateCharge", (): number => -token()],
  ])("%s is refused, with the function to use", (prop, value) => {
    expect(() => web(newStack(), { [prop]: value() })).toThrow(
      new RegExp(`^stack/web: ${prop} was computed .*Op\\.mul`),
    );
  });

  test("also where they are set late", () => {
    const stack = newStack();
    web(stack).resource.internetMaxBandwidthOut = token() * 2;
    expect(() => synthStack(stack)).toThrow(/^stack\/web: internet_max_bandwidth_out was computed/);
  });
});

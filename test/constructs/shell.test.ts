import { Fn, TerraformVariable, Token } from "cdktf";
import { SynthesisError, VmInstanceSpec, type ChangeHookProps } from "../../lib";
import { escapedForTerraform } from "../../lib/constructs/private/shell";
import { newStack, only, synth, synthHcl, VM, type Attributes } from "./support";

describe("a command is the shell's", () => {
  test.each([
    ['echo "${NAME}"', 'echo "$${NAME}"'],
    ["echo ${ZENLAYER_INSTANCE_ID}/${_x1}", "echo $${ZENLAYER_INSTANCE_ID}/$${_x1}"],
    ["echo $NAME $(date) 100% {a}", "echo $NAME $(date) 100% {a}"],
    ["echo $${NAME} %%{http_code}", "echo $${NAME} %%{http_code}"],
  ])("%s", (command, expected) => {
    expect(escapedForTerraform(command, "path", "command")).toBe(expected);
  });

  test.each([
    "${var.stage}",
    "${path.root}/a",
    "${zenlayer_vm_instance_spec.web.id}",
    '${join(",", var.names)}',
    "${true ? 1 : 2}",
    "${-1 + var.x}",
    '${"a"}',
    '${{ a = "}" }}',
    "${[for a in var.b : a]}",
    "${each.key}",
    "${!var.flag}",
    "%{ if var.x }a%{ else }b%{ endif }%{~ for a in var.b ~}c%{ endfor }",
    "${provider::zenlayer::parse(var.x)}",
  ])("but %s stays Terraform's", (command) => {
    expect(escapedForTerraform(command, "path", "command")).toBe(command);
  });

  test.each([
    "${NAME:-x}",
    "${NAME-x}",
    "${NAME:?missing}",
    "${NAME%.txt}",
    "${NAME##*/}",
    "${NAME/a/b}",
    "${#NAME}",
    "${!NAME}",
    "${NAME[0]}",
    "${NAME[@]}",
    "${ NAME }",
    "${@}",
    "${}",
    "${NAME",
    "%{http_code}",
    "%{",
    "${NAME:-${OTHER}}",
  ])("%s, which Terraform always refuses, is refused with the cure", (form) => {
    const escape = (): string => escapedForTerraform(`curl -w ${form}`, "stack/web/hook", "command");
    expect(escape).toThrow(SynthesisError);
    expect(escape).toThrow(`stack/web/hook: command has ${form}, which Terraform would read`);
    expect(escape).toThrow(`write ${form.charAt(0)}${form.slice(0, 2)}…`);
  });
});

describe("in a hook", () => {
  const hook = (props: Partial<ChangeHookProps>) => (stack: ReturnType<typeof newStack>) =>
    void new VmInstanceSpec(stack, "web", { instance: VM, bandwidth: 200 }).onChange("smoke", {
      command: "true",
      ...props,
    });
  const props: Partial<ChangeHookProps> = {
    command: 'echo "${NAME}" \\d ${var.stage}',
    environment: { HOME_OF: '"${HOME}"', LINES: "a\nb" },
    workingDir: "${path.root}/${DIR}",
    interpreter: ["/bin/bash", "-c", "${X}"],
  };

  test("command, environment, directory and interpreter are escaped", () => {
    const [provisioner] = only(synth(hook(props)).resource, "null_resource")["provisioner"] as Attributes[];
    expect(provisioner?.["local-exec"]).toMatchObject({
      command: 'echo "$${NAME}" \\d ${var.stage}',
      environment: { HOME_OF: '"$${HOME}"', LINES: "a\nb" },
      working_dir: "${path.root}/$${DIR}",
      interpreter: ["/bin/bash", "-c", "$${X}"],
    });
  });

  test("HCL says the same", () => {
    const hcl = synthHcl(hook(props));
    expect(hcl).toContain('command = "echo \\"$${NAME}\\" \\\\d ${var.stage}"');
    expect(hcl).toContain('HOME_OF = "\\"$${HOME}\\""');
    expect(hcl).toContain('LINES = "a\\nb"');
    expect(hcl).toContain('working_dir = "${path.root}/$${DIR}"');
    expect(hcl).toContain('"$${X}"');
  });

  test("tokens stay tokens", () => {
    const tf = synth((stack) => {
      const stage = new TerraformVariable(stack, "stage", { type: "string" });
      const command = `deploy ${stage.stringValue} ${Token.asString(Fn.upper("a"))} ${"${NAME}"}`;
      hook({ command })(stack);
    });
    const [provisioner] = only(tf.resource, "null_resource")["provisioner"] as Attributes[];
    expect((provisioner?.["local-exec"] as Attributes)["command"]).toBe('deploy ${var.stage} ${upper("a")} $${NAME}');
  });

  test.each<readonly [object, RegExp]>([
    [{ command: undefined }, /^stack\/web\/smoke: command of ChangeHook is missing/],
    [{ command: 5 }, /command is 5: it takes text/],
    [{ comand: "true" }, /ChangeHook has no property comand: did you mean command\?/],
    [{ environment: { PORT: 80 } }, /environment\.PORT is 80: it takes text/],
    [{ environment: ["A=b"] }, /environment is \["A=b"\]: it takes names and texts/],
    [{ interpreter: "/bin/bash" }, /interpreter is "\/bin\/bash": it takes a list/],
    [{ engine: "docker" }, /engine "docker" is not known/],
    [{ command: "a ${X:-y}" }, /command has \$\{X:-y\}/],
  ])("%j is refused with the path", (wrong, message) => {
    expect(() => hook(wrong)(newStack())).toThrow(message);
  });
});

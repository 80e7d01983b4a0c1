// A secret in clear text, wherever it hides: as a literal, inside an expression, as an override, as the default of a variable or the value of a local.
import { TerraformElement, TerraformLocal, TerraformVariable, type TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { memberOf, rawOverridesOf, resolved, stackOf, valueOf, type Attributes } from "../../rendering";
import type { ZenlayerProvider as Provider } from "../../bindings";

/** Attributes that are secrets: the property, and the environment variable to use instead. */
export const SECRETS = [
  { attribute: "access_key_password", prop: "accessKeyPassword", variable: "ZENLAYERCLOUD_ACCESS_KEY_PASSWORD" },
  { attribute: "token", prop: "token", variable: "ZENLAYER_TOKEN" },
] as const;

/** Where a secret stands in clear text: what it is, in words of an error. Null where it does not. The secret itself is never told. */
export function clearText(value: unknown, stack: TerraformStack, seen: readonly string[] = []): string | null {
  const text = resolved(value, stack);
  if (text === undefined) return null;
  if (typeof text !== "string") return "a literal";
  if (!/[$%]\{/.test(text)) return text === "" ? null : "a literal";
  const references = referencesIn(text);
  if (references.length === 0) return "an expression without a reference";
  for (const reference of references) {
    if (seen.includes(reference)) continue;
    const source = sourceOf(reference, stack);
    const found = source === null ? null : clearText(source.value, stack, [...seen, reference]);
    if (found !== null) return source?.words ?? found;
  }
  return null;
}

/** All values that a provider renders for an attribute: its own with overrides, and what overrides of the stack say. */
export function renderedValues(provider: Provider, output: unknown, attribute: string): readonly unknown[] {
  const { terraformResourceType } = provider;
  const blocks = (output as { readonly provider: { readonly [type: string]: readonly Attributes[] } }).provider;
  const overrides = (rawOverridesOf(stackOf(provider))["provider"] as Attributes | undefined)?.[terraformResourceType];
  const all = [
    ...(blocks[terraformResourceType] ?? []),
    ...(Array.isArray(overrides) ? (overrides as unknown[]) : [overrides]),
  ];
  return all
    .filter((each): each is Attributes => typeof each === "object" && each !== null)
    .map((each) => valueOf(each, attribute));
}

/** `var.name`, `local.name` and other references in the expressions of a template. */
function referencesIn(template: string): readonly string[] {
  return codeOf(template).match(/[A-Za-z_][\w-]*(?:\.[A-Za-z_*][\w-]*|\[)/g) ?? [];
}

/** The code of a template: what stands inside `${…}` and `%{…}`, without the texts in quotes there, but with the code in those. */
function codeOf(template: string): string {
  const within: ("text" | "code")[] = ["text"];
  let code = "";
  for (let index = 0; index < template.length; index += 1) {
    const character = template.charAt(index);
    const inCode = within.at(-1) === "code";
    if (!inCode && character === "\\") index += 1;
    else if (!inCode && /[$%]/.test(character) && template.charAt(index + 1) === "{") {
      within.push("code");
      code += " ";
      index += 1;
    } else if (inCode && character === "{") within.push("code");
    else if (inCode && character === "}") within.pop();
    else if (character === '"' && (inCode || within.length > 1)) {
      if (inCode) within.push("text");
      else within.pop();
    } else if (inCode) code += character;
  }
  return code;
}

/** What stands behind a variable or a local of the stack; null where the reference is to something else. */
function sourceOf(
  reference: string,
  stack: TerraformStack,
): { readonly value: unknown; readonly words: string } | null {
  const [kind, name] = reference.split(".");
  const named = (each: IConstruct): boolean =>
    TerraformElement.isTerraformElement(each) && each.friendlyUniqueId === name;
  const elements = stack.node.findAll().filter(named);
  const variable = elements.find((each) => each instanceof TerraformVariable);
  const local = elements.find((each) => each instanceof TerraformLocal);
  if (kind === "var" && variable !== undefined) {
    const block = memberOf(memberOf(variable.toTerraform(), "variable"), variable.friendlyUniqueId);
    return {
      value: memberOf(block, "default"),
      words: `the variable ${variable.node.path}, whose default is a literal`,
    };
  }
  if (kind === "local" && local !== undefined) {
    const value = memberOf(memberOf(local.toTerraform(), "locals"), local.friendlyUniqueId);
    return { value, words: `the local ${local.node.path}, whose value is a literal` };
  }
  return null;
}

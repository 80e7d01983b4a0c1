// What the binary under test can do, asked of the binary: versions of Terraform and OpenTofu count differently, and a fork may have any name.
import type { Provider } from "../../lib/plugin";
import { TerraformWorkspace } from "../../lib/testing";
import { naiveProvider } from "../plugin/naive-provider";

/** Whether it takes write-only attributes. */
export async function takesWriteOnly(): Promise<boolean> {
  const tf = await workspace(naiveProvider, { resource: { naive_thing: { a: { name: "a", secret: "s" } } } });
  try {
    return (await tf.run(["validate"])).exitCode === 0 && (await tf.plan()).exitCode === 2;
  } finally {
    await tf.dispose();
  }
}

/** Whether a `removed` block forgets an object that cannot be read. */
export async function forgetsUnread(): Promise<boolean> {
  let isReadable = true;
  const { naive_thing: thing } = naiveProvider.resources;
  if (thing === undefined) throw new Error("the provider has no such resource");
  const read: typeof thing.read = async ({ state }) => {
    if (!isReadable) throw new Error("not readable");
    return { state };
  };
  const provider = { ...naiveProvider, resources: { naive_thing: { ...thing, read } } };
  const tf = await workspace(provider, { resource: { naive_thing: { a: { name: "a" } } } });
  try {
    await tf.apply();
    isReadable = false;
    await tf.write("main.tf.json", main({ removed: { from: "naive_thing.a", lifecycle: { destroy: false } } }));
    return (await tf.apply()).exitCode === 0;
  } finally {
    await tf.dispose();
  }
}

/** Host name of the registry that a source without one means. */
export async function registryHost(): Promise<string> {
  const tf = await workspace(naiveProvider, {});
  try {
    return /provider\[([^/\]]+)\/test\/naive\]/.exec((await tf.run(["providers"])).stdout)?.[1] ?? "";
  } finally {
    await tf.dispose();
  }
}

function workspace(provider: Provider<null>, configuration: object): Promise<TerraformWorkspace> {
  return TerraformWorkspace.create({ providers: [provider], files: { "main.tf.json": main(configuration) } });
}

function main(configuration: object): string {
  return JSON.stringify({ terraform: { required_providers: { naive: { source: "test/naive" } } }, ...configuration });
}

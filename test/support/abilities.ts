// What the binary under test can do, asked of the binary: versions of Terraform and OpenTofu count differently, and a fork may have any name.
import { TerraformWorkspace } from "../../lib/testing";
import { naiveProvider } from "../plugin/naive-provider";

/** Whether it takes write-only attributes. */
export async function takesWriteOnly(): Promise<boolean> {
  const thing = { name: "a", secret: "s" };
  const terraform = { required_providers: { naive: { source: "test/naive" } } };
  const main = JSON.stringify({ terraform, resource: { naive_thing: { a: thing } } });
  const tf = await TerraformWorkspace.create({ providers: [naiveProvider], files: { "main.tf.json": main } });
  try {
    return (await tf.run(["validate"])).exitCode === 0 && (await tf.plan()).exitCode === 2;
  } finally {
    await tf.dispose();
  }
}

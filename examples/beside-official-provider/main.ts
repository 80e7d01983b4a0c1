// The official provider buys the machine and keeps its name and its life; ours changes its specification. Three rules make that safe: the
// official resource ignores what ours manages and what would erase the machine, and it refuses to destroy it.
import { App, TerraformProvider, TerraformResource, TerraformStack } from "cdktf";
import { VmInstance, VmInstanceSpec, ZenlayerProvider } from "cdktf-zenlayer";

const app = new App();
const stack = new TerraformStack(app, "beside");

// `cdktf get` makes classes for the official provider. Written by hand here, so that this file stands alone.
class OfficialProvider extends TerraformProvider {}
const official = { providerName: "zenlayercloud", providerVersionConstraint: ">= 0.2.28" };
new OfficialProvider(stack, "zenlayercloud", {
  terraformResourceType: "zenlayercloud",
  terraformProviderSource: "registry.terraform.io/zenlayer/zenlayercloud",
  terraformGeneratorMetadata: official,
});
const machine = new TerraformResource(stack, "machine", {
  terraformResourceType: "zenlayercloud_zvm_instance",
  terraformGeneratorMetadata: official,
  lifecycle: {
    ignoreChanges: [
      // Ours. Another value here would mean another machine.
      "instance_type",
      "internet_max_bandwidth_out",
      "traffic_package_size",
      // A change of these erases the machine's disk.
      "image_id",
      "key_id",
    ],
    preventDestroy: true,
  },
});
const bought = {
  availability_zone: "SEL-A",
  image_id: "img-ubuntu",
  instance_name: "web",
  instance_charge_type: "PREPAID",
  instance_charge_prepaid_period: 1,
  internet_charge_type: "ByBandwidth",
  system_disk_size: 50, // GiB
  // What the machine is bought with. From then on these two count for nothing here: they are changed below.
  instance_type: "c.2c4g",
  internet_max_bandwidth_out: 100,
};
for (const [attribute, value] of Object.entries(bought)) machine.addOverride(attribute, value);

new ZenlayerProvider(stack, "zenlayer");
new VmInstanceSpec(stack, "specification", {
  instance: VmInstance.fromResource(machine),
  instanceType: "c.4c8g",
  bandwidth: 200, // Mbps
});

app.synth();

// Three machines that an account has already, and the specification that each should have.
import { App, TerraformStack } from "cdktf";
import { BmcTrafficPackage, VmInstanceSpec, ZenlayerProvider } from "cdktf-zenlayer";

const app = new App();
const stack = new TerraformStack(app, "quickstart");

// Endpoint and keys come from the environment.
new ZenlayerProvider(stack, "zenlayer");

new VmInstanceSpec(stack, "web", {
  instance: "900000000000000001",
  instanceType: "c.2c4g",
});

new VmInstanceSpec(stack, "api", {
  instance: "900000000000000002",
  bandwidth: 400, // Mbps
});

new BmcTrafficPackage(stack, "edge", {
  instance: "900000000000000003",
  trafficPackageSize: 5, // TB
});

app.synth();

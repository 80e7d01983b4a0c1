// `cdktf-zenlayer adopt`: writes the configuration of machines that exist already.
import { Command } from "commander";
import { createClient, resolveCredentials, resolveEndpoint } from "../api";
import { PROVIDER_VERSION } from "../schema";
import { readAccount } from "./adopt/inventory";
import { writeHcl } from "./adopt/write-hcl";

export function adoptCommand(): Command {
  return new Command("adopt")
    .summary("write the configuration of the machines of an account")
    .description("Lists the machines of an account and writes HCL with import blocks. Changes nothing.")
    .option("--endpoint <url>", "address of the service")
    .option("--profile <name>", "profile of the official CLI")
    .action(async (options: { endpoint?: string; profile?: string }) => {
      const client = createClient({
        credentials: resolveCredentials({ explicit: { profile: options.profile } }),
        endpoint: resolveEndpoint({ explicit: options.endpoint }),
        clientName: `cdktf-zenlayer-${PROVIDER_VERSION}`,
      });
      try {
        process.stdout.write(writeHcl(await readAccount(client, ["vm", "bmc"], {}), options));
      } finally {
        client.close();
      }
    });
}

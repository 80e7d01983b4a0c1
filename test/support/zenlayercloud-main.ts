// The stand-in for the official provider as an executable that Terraform starts.
import { servePlugin } from "../../lib/plugin";
import { zenlayercloudProvider } from "./zenlayercloud-provider";

void servePlugin(zenlayercloudProvider(process.env));

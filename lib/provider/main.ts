// The plugin executable: what Terraform starts.

import { servePlugin } from "../plugin";
import { createProvider } from "./provider";

void servePlugin(createProvider());

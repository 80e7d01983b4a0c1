// The demo provider as an executable, bundled by the process test.
import { servePlugin } from "../../lib/plugin";
import { demoProvider } from "./demo-provider";

if (process.argv.includes("--crash")) setImmediate(() => void Promise.reject(new Error("nobody caught this")));
servePlugin(demoProvider());

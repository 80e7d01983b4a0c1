// StopProvider: answers at once; running calls learn it from their signal.
import { StopProviderRequest, StopProviderResponse } from "../wire/call-messages";
import { call } from "./call";

export const stopProvider = call(StopProviderRequest, StopProviderResponse, async (connection) => {
  connection.stop();
  return {};
});

// ValidateProviderConfig and ConfigureProvider.
import { blockType } from "../cty/type";
import {
  ConfigureProviderRequest,
  ConfigureProviderResponse,
  ValidateProviderConfigRequest,
  ValidateProviderConfigResponse,
} from "../wire/call-messages";
import { call, withDiagnostics } from "./call";
import { reportMissing } from "./required";
import { requireObject } from "./values";

export const validateProviderConfig = call(
  ValidateProviderConfigRequest,
  ValidateProviderConfigResponse,
  async (connection, request) => {
    const { provider } = connection;
    return withDiagnostics(
      connection,
      "validating the provider configuration",
      () => blockType(provider.schema),
      async (diagnostics) => {
        const config = requireObject(request.config, provider.schema, "provider configuration");
        if (reportMissing(provider.schema, config, diagnostics)) return {};
        await provider.validate?.(config, connection.validateContext(diagnostics));
        return {};
      },
    );
  },
);

export const configureProvider = call(
  ConfigureProviderRequest,
  ConfigureProviderResponse,
  async (connection, request) => {
    const { provider } = connection;
    return withDiagnostics(
      connection,
      "configuring the provider",
      () => blockType(provider.schema),
      async (diagnostics) => {
        const config = requireObject(request.config, provider.schema, "provider configuration");
        const data = await provider.configure(config, {
          ...connection.validateContext(diagnostics),
          terraformVersion: request.terraform_version,
          signal: connection.signal,
        });
        connection.configure(data);
        return {};
      },
    );
  },
);

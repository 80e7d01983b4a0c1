// Generated from lib/schema by scripts/generate.mjs. Do not edit: change the schema and run it again.
import type { Construct } from "constructs";
import * as cdktf from "cdktf";
import { ProviderElement } from "../../rendering";

/** Configuration of the provider `zenlayer`. */
export interface ZenlayerProviderConfig {
  /**
   * Access key id. Default: `ZENLAYERCLOUD_ACCESS_KEY_ID`, then `ZENLAYER_ACCESS_KEY_ID`, then the profile of the
   * official command-line tool.
   */
  readonly accessKeyId?: string | undefined;
  /**
   * Access key password. Default: `ZENLAYERCLOUD_ACCESS_KEY_PASSWORD`, then `ZENLAYER_ACCESS_KEY_SECRET`, then the
   * profile. Never write it as a literal: it would stand in the configuration and in plan files.
   */
  readonly accessKeyPassword?: string | undefined;
  /**
   * Bearer token, instead of a key pair. Wins over a key pair of the same or a later source. Default:
   * `ZENLAYER_TOKEN`, then the profile. Never write it as a literal: it would stand in the configuration and in plan
   * files.
   */
  readonly token?: string | undefined;
  /**
   * Profile of the official command-line tool (`~/.zenlayer`) to take credentials from. Default: `ZENLAYER_PROFILE`,
   * then the tool's current profile.
   */
  readonly profile?: string | undefined;
  /**
   * Address of the Zenlayer API as a URL. Default: `ZENLAYER_ENDPOINT`, then `https://console.zenlayer.com`. Set it to
   * use the simulator.
   */
  readonly endpoint?: string | undefined;
  /**
   * How long one request to the API may take, in seconds, looking up its name and connecting included. Greater than 0.
   * Default: 30. Where a name has several addresses, each is tried for a quarter of a second first, and those that
   * stay silent for four times as long in each later pass.
   */
  readonly requestTimeout?: number | undefined;
  /**
   * Highest number of requests to the API per second. Greater than 0. Default: no limit of our own; a rate limit of
   * the API (429) lowers the rate either way. Where it is set, no status is read ahead of being asked for, which makes
   * large plans slower at a distant API.
   */
  readonly maxRequestsPerSecond?: number | undefined;
  /**
   * How often a read, or a call that a rate limit refused, is repeated. Integer from 0. A change is never sent twice.
   * Default: 8.
   */
  readonly maxRetries?: number | undefined;
  /** Version of the VM API. Default: `2026-04-01`; the older one is `2023-03-13`. */
  readonly vmApiVersion?: string | undefined;
  /** Version of the BMC API. Default: `2026-02-01`; the older one is `2022-11-20`. */
  readonly bmcApiVersion?: string | undefined;
  /**
   * Refuse to change anything at apply. Default: false, or `ZENLAYER_READ_ONLY`, which lets a job that only plans set
   * it without changing the plan.
   */
  readonly readOnly?: boolean | cdktf.IResolvable | undefined;
  /** Name of this provider configuration, where a stack has several. */
  readonly alias?: string | undefined;
}

/**
 * Plans and applies the specification (instance type, public bandwidth, traffic package) of Zenlayer machines that
 * exist already. It never buys, replaces or releases a machine. A machine leaves the state only where the credentials
 * that saw it, or others of the same account, find at the same endpoint that it has gone; never while an order for it
 * is open. Terraform: `zenlayer`.
 */
export class ZenlayerProvider extends ProviderElement {
  /** Terraform's type, as the matchers of the library's Testing take it. */
  public static readonly tfResourceType = "zenlayer";

  private _accessKeyId: string | undefined;
  private _accessKeyPassword: string | undefined;
  private _token: string | undefined;
  private _profile: string | undefined;
  private _endpoint: string | undefined;
  private _requestTimeout: number | undefined;
  private _maxRequestsPerSecond: number | undefined;
  private _maxRetries: number | undefined;
  private _vmApiVersion: string | undefined;
  private _bmcApiVersion: string | undefined;
  private _readOnly: boolean | cdktf.IResolvable | undefined;
  private _alias: string | undefined;

  /**
   * @param scope - The scope in which to define this construct.
   * @param id - The construct id, unique in its scope.
   * @param config - The configuration.
   */
  public constructor(scope: Construct, id: string, config: ZenlayerProviderConfig = {}) {
    super(scope, id, {
      terraformResourceType: "zenlayer",
      terraformGeneratorMetadata: {
        providerName: "zenlayer",
        providerVersion: "0.1.0",
        providerVersionConstraint: "0.1.0",
      },
      terraformProviderSource: "registry.terraform.io/cdktf-zenlayer/zenlayer",
    });
    this._accessKeyId = config.accessKeyId ?? undefined;
    this._accessKeyPassword = config.accessKeyPassword ?? undefined;
    this._token = config.token ?? undefined;
    this._profile = config.profile ?? undefined;
    this._endpoint = config.endpoint ?? undefined;
    this._requestTimeout = config.requestTimeout ?? undefined;
    this._maxRequestsPerSecond = config.maxRequestsPerSecond ?? undefined;
    this._maxRetries = config.maxRetries ?? undefined;
    this._vmApiVersion = config.vmApiVersion ?? undefined;
    this._bmcApiVersion = config.bmcApiVersion ?? undefined;
    this._readOnly = config.readOnly ?? undefined;
    this._alias = config.alias ?? undefined;
  }

  /**
   * Access key id. Default: `ZENLAYERCLOUD_ACCESS_KEY_ID`, then `ZENLAYER_ACCESS_KEY_ID`, then the profile of the
   * official command-line tool.
   */
  public get accessKeyId(): string | undefined {
    return this._accessKeyId;
  }
  public set accessKeyId(value: string | undefined) {
    this._accessKeyId = value ?? undefined;
  }
  /** Takes `accessKeyId` back, as if it had never been given. */
  public resetAccessKeyId(): void {
    this._accessKeyId = undefined;
  }
  /** `accessKeyId` as it was configured; undefined where it was not. */
  public get accessKeyIdInput(): string | undefined {
    return this._accessKeyId;
  }

  /**
   * Access key password. Default: `ZENLAYERCLOUD_ACCESS_KEY_PASSWORD`, then `ZENLAYER_ACCESS_KEY_SECRET`, then the
   * profile. Never write it as a literal: it would stand in the configuration and in plan files.
   */
  public get accessKeyPassword(): string | undefined {
    return this._accessKeyPassword;
  }
  public set accessKeyPassword(value: string | undefined) {
    this._accessKeyPassword = value ?? undefined;
  }
  /** Takes `accessKeyPassword` back, as if it had never been given. */
  public resetAccessKeyPassword(): void {
    this._accessKeyPassword = undefined;
  }
  /** `accessKeyPassword` as it was configured; undefined where it was not. */
  public get accessKeyPasswordInput(): string | undefined {
    return this._accessKeyPassword;
  }

  /**
   * Bearer token, instead of a key pair. Wins over a key pair of the same or a later source. Default:
   * `ZENLAYER_TOKEN`, then the profile. Never write it as a literal: it would stand in the configuration and in plan
   * files.
   */
  public get token(): string | undefined {
    return this._token;
  }
  public set token(value: string | undefined) {
    this._token = value ?? undefined;
  }
  /** Takes `token` back, as if it had never been given. */
  public resetToken(): void {
    this._token = undefined;
  }
  /** `token` as it was configured; undefined where it was not. */
  public get tokenInput(): string | undefined {
    return this._token;
  }

  /**
   * Profile of the official command-line tool (`~/.zenlayer`) to take credentials from. Default: `ZENLAYER_PROFILE`,
   * then the tool's current profile.
   */
  public get profile(): string | undefined {
    return this._profile;
  }
  public set profile(value: string | undefined) {
    this._profile = value ?? undefined;
  }
  /** Takes `profile` back, as if it had never been given. */
  public resetProfile(): void {
    this._profile = undefined;
  }
  /** `profile` as it was configured; undefined where it was not. */
  public get profileInput(): string | undefined {
    return this._profile;
  }

  /**
   * Address of the Zenlayer API as a URL. Default: `ZENLAYER_ENDPOINT`, then `https://console.zenlayer.com`. Set it to
   * use the simulator.
   */
  public get endpoint(): string | undefined {
    return this._endpoint;
  }
  public set endpoint(value: string | undefined) {
    this._endpoint = value ?? undefined;
  }
  /** Takes `endpoint` back, as if it had never been given. */
  public resetEndpoint(): void {
    this._endpoint = undefined;
  }
  /** `endpoint` as it was configured; undefined where it was not. */
  public get endpointInput(): string | undefined {
    return this._endpoint;
  }

  /**
   * How long one request to the API may take, in seconds, looking up its name and connecting included. Greater than 0.
   * Default: 30. Where a name has several addresses, each is tried for a quarter of a second first, and those that
   * stay silent for four times as long in each later pass.
   */
  public get requestTimeout(): number | undefined {
    return this._requestTimeout;
  }
  public set requestTimeout(value: number | undefined) {
    this._requestTimeout = value ?? undefined;
  }
  /** Takes `requestTimeout` back, as if it had never been given. */
  public resetRequestTimeout(): void {
    this._requestTimeout = undefined;
  }
  /** `requestTimeout` as it was configured; undefined where it was not. */
  public get requestTimeoutInput(): number | undefined {
    return this._requestTimeout;
  }

  /**
   * Highest number of requests to the API per second. Greater than 0. Default: no limit of our own; a rate limit of
   * the API (429) lowers the rate either way. Where it is set, no status is read ahead of being asked for, which makes
   * large plans slower at a distant API.
   */
  public get maxRequestsPerSecond(): number | undefined {
    return this._maxRequestsPerSecond;
  }
  public set maxRequestsPerSecond(value: number | undefined) {
    this._maxRequestsPerSecond = value ?? undefined;
  }
  /** Takes `maxRequestsPerSecond` back, as if it had never been given. */
  public resetMaxRequestsPerSecond(): void {
    this._maxRequestsPerSecond = undefined;
  }
  /** `maxRequestsPerSecond` as it was configured; undefined where it was not. */
  public get maxRequestsPerSecondInput(): number | undefined {
    return this._maxRequestsPerSecond;
  }

  /**
   * How often a read, or a call that a rate limit refused, is repeated. Integer from 0. A change is never sent twice.
   * Default: 8.
   */
  public get maxRetries(): number | undefined {
    return this._maxRetries;
  }
  public set maxRetries(value: number | undefined) {
    this._maxRetries = value ?? undefined;
  }
  /** Takes `maxRetries` back, as if it had never been given. */
  public resetMaxRetries(): void {
    this._maxRetries = undefined;
  }
  /** `maxRetries` as it was configured; undefined where it was not. */
  public get maxRetriesInput(): number | undefined {
    return this._maxRetries;
  }

  /** Version of the VM API. Default: `2026-04-01`; the older one is `2023-03-13`. */
  public get vmApiVersion(): string | undefined {
    return this._vmApiVersion;
  }
  public set vmApiVersion(value: string | undefined) {
    this._vmApiVersion = value ?? undefined;
  }
  /** Takes `vmApiVersion` back, as if it had never been given. */
  public resetVmApiVersion(): void {
    this._vmApiVersion = undefined;
  }
  /** `vmApiVersion` as it was configured; undefined where it was not. */
  public get vmApiVersionInput(): string | undefined {
    return this._vmApiVersion;
  }

  /** Version of the BMC API. Default: `2026-02-01`; the older one is `2022-11-20`. */
  public get bmcApiVersion(): string | undefined {
    return this._bmcApiVersion;
  }
  public set bmcApiVersion(value: string | undefined) {
    this._bmcApiVersion = value ?? undefined;
  }
  /** Takes `bmcApiVersion` back, as if it had never been given. */
  public resetBmcApiVersion(): void {
    this._bmcApiVersion = undefined;
  }
  /** `bmcApiVersion` as it was configured; undefined where it was not. */
  public get bmcApiVersionInput(): string | undefined {
    return this._bmcApiVersion;
  }

  /**
   * Refuse to change anything at apply. Default: false, or `ZENLAYER_READ_ONLY`, which lets a job that only plans set
   * it without changing the plan.
   */
  public get readOnly(): boolean | cdktf.IResolvable | undefined {
    return this._readOnly;
  }
  public set readOnly(value: boolean | cdktf.IResolvable | undefined) {
    this._readOnly = value ?? undefined;
  }
  /** Takes `readOnly` back, as if it had never been given. */
  public resetReadOnly(): void {
    this._readOnly = undefined;
  }
  /** `readOnly` as it was configured; undefined where it was not. */
  public get readOnlyInput(): boolean | cdktf.IResolvable | undefined {
    return this._readOnly;
  }

  /** Name of this provider configuration, where a stack has several. */
  public override get alias(): string | undefined {
    return this._alias;
  }
  public override set alias(value: string | undefined) {
    this._alias = value ?? undefined;
  }
  /** Takes `alias` back, as if it had never been given. */
  public resetAlias(): void {
    this._alias = undefined;
  }
  /** `alias` as it was configured; undefined where it was not. */
  public get aliasInput(): string | undefined {
    return this._alias;
  }

  protected override synthesizeAttributes(): { [name: string]: unknown } {
    return {
      access_key_id: cdktf.stringToTerraform(this._accessKeyId),
      access_key_password: cdktf.stringToTerraform(this._accessKeyPassword),
      token: cdktf.stringToTerraform(this._token),
      profile: cdktf.stringToTerraform(this._profile),
      endpoint: cdktf.stringToTerraform(this._endpoint),
      request_timeout: cdktf.numberToTerraform(this._requestTimeout),
      max_requests_per_second: cdktf.numberToTerraform(this._maxRequestsPerSecond),
      max_retries: cdktf.numberToTerraform(this._maxRetries),
      vm_api_version: cdktf.stringToTerraform(this._vmApiVersion),
      bmc_api_version: cdktf.stringToTerraform(this._bmcApiVersion),
      read_only: cdktf.booleanToTerraform(this._readOnly),
      alias: cdktf.stringToTerraform(this._alias),
    };
  }

  protected override synthesizeHclAttributes(): { [name: string]: unknown } {
    const attributes: { [name: string]: { readonly value: unknown; readonly [fact: string]: unknown } } = {
      access_key_id: {
        value: cdktf.stringToHclTerraform(this._accessKeyId),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      access_key_password: {
        value: cdktf.stringToHclTerraform(this._accessKeyPassword),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      token: {
        value: cdktf.stringToHclTerraform(this._token),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      profile: {
        value: cdktf.stringToHclTerraform(this._profile),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      endpoint: {
        value: cdktf.stringToHclTerraform(this._endpoint),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      request_timeout: {
        value: cdktf.numberToHclTerraform(this._requestTimeout),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      max_requests_per_second: {
        value: cdktf.numberToHclTerraform(this._maxRequestsPerSecond),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      max_retries: {
        value: cdktf.numberToHclTerraform(this._maxRetries),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      vm_api_version: {
        value: cdktf.stringToHclTerraform(this._vmApiVersion),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      bmc_api_version: {
        value: cdktf.stringToHclTerraform(this._bmcApiVersion),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      read_only: {
        value: cdktf.booleanToHclTerraform(this._readOnly),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      alias: {
        value: cdktf.stringToHclTerraform(this._alias),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
    };
    return Object.fromEntries(Object.entries(attributes).filter(([, { value }]) => value !== undefined));
  }
}

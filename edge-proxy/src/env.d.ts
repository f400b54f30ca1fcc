/** Bindings, variables and secrets; docs/deploy.md says what each is for. */
declare namespace Cloudflare {
  interface Env {
    readonly ACCOUNT: DurableObjectNamespace<import('./account.ts').Account>;
    readonly HOUSE: DurableObjectNamespace<import('./house.ts').House>;
    readonly FILES: R2Bucket;

    readonly AUTH?: string;
    readonly COGNITO_REGION?: string;
    readonly COGNITO_USER_POOL_ID?: string;
    readonly COGNITO_CLIENT_ID?: string;
    readonly PUBLIC_ORIGIN?: string;
    readonly BUDGET_USER_DAY_USD?: string;
    readonly BUDGET_USER_MONTH_USD?: string;
    readonly BUDGET_TOTAL_MONTH_USD?: string;
    readonly CALLS_USER_PER_MINUTE?: string;
    readonly CALLS_TOTAL_PER_HOUR?: string;
    readonly CALLS_ADDRESS_PER_DAY?: string;
    readonly ADDRESS_ALLOW_LIST?: string;
    readonly RESULT_DAYS?: string;
    readonly AWS_REGION?: string;
    readonly SELF_HOSTED_ORIGIN?: string;
    readonly S3_ENDPOINT?: string;
    readonly S3_BUCKET?: string;
    readonly S3_REGION?: string;
    readonly FEEDBACK_FROM?: string;
    readonly FEEDBACK_TO?: string;
    /** JSON `{ "model-id": "active" | "legacy" | "retired" }`: a private arrangement with a vendor. */
    readonly MODEL_STATUS?: string;

    readonly SESSION_SECRET?: string;
    readonly REPLICATE_API_TOKEN?: string;
    readonly REPLICATE_WEBHOOK_SECRET?: string;
    readonly OPENAI_API_KEY?: string;
    readonly GEMINI_API_KEY?: string;
    readonly STABILITY_API_KEY?: string;
    readonly BFL_API_KEY?: string;
    readonly BFL_WEBHOOK_SECRET?: string;
    readonly RECRAFT_API_TOKEN?: string;
    readonly AWS_BEARER_TOKEN_BEDROCK?: string;
    readonly AWS_ACCESS_KEY_ID?: string;
    readonly AWS_SECRET_ACCESS_KEY?: string;
    readonly SELF_HOSTED_KEY?: string;
    readonly SELF_HOSTED_SECRET?: string;
    readonly SELF_HOSTED_BEARER?: string;
    readonly SELF_HOSTED_WEBHOOK_SECRET?: string;
    readonly S3_ACCESS_KEY_ID?: string;
    readonly S3_SECRET_ACCESS_KEY?: string;

    /** Tests only: JSON of loopback origins by host name, see http/hosts.ts. */
    readonly LOOPBACK_HOSTS?: string;
    /** Tests only: 0…1, see settings.ts. */
    readonly TEST_PACE?: string;
  }
}
type Env = Cloudflare.Env;

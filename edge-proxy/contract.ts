/**
 * What the page and the edge proxy agree on. Imports nothing, so that both may import it.
 * Money is in micro-dollars (1 USD = 1 000 000), times are milliseconds since the epoch.
 */

export const tasks = [
  'create',
  'edit',
  'inpaint',
  'video',
  'mask',
  'remove-background',
  'upscale',
  'assist',
] as const;
/** `assist` is text help (`/api/prompts/improve`, `/api/errors/explain`); the rest make media. */
export type Task = (typeof tasks)[number];

export const vendors = [
  'replicate',
  'bedrock',
  'openai',
  'gemini',
  'stability',
  'bfl',
  'recraft',
  'self-hosted',
] as const;
export type Vendor = (typeof vendors)[number];

export const styles = [
  'standard',
  'anime',
  'line-art',
  'flat-logo',
  'watercolor',
  'abstract',
  'minimalist',
  'vintage',
  'grunge',
] as const;
export type Style = (typeof styles)[number];

/** One knob of a model. A request that names a knob the row lacks is refused by that name. */
export type Parameter =
  | {
      readonly kind: 'integer' | 'number';
      readonly min: number;
      readonly max: number;
      /** Values are multiples of it, counted from zero. */
      readonly step?: number;
      /** Absent: the vendor decides, nothing is sent. */
      readonly default?: number;
    }
  | { readonly kind: 'enum'; readonly values: readonly string[]; readonly default?: string }
  | { readonly kind: 'boolean'; readonly default?: boolean }
  | { readonly kind: 'text'; readonly maxLength: number; readonly default?: string };

export interface Price {
  /** `run` is one call whatever comes out, `token` is settled from the vendor's own count. */
  readonly unit: 'image' | 'second' | 'megapixel' | 'run' | 'token';
  /** The most one unit can cost: what is debited before the call. */
  readonly micros: number;
  /** True when no vendor page confirms it: the page must say so next to the figure. */
  readonly estimate: boolean;
  /** Parameter that holds the number of units (pictures or seconds). */
  readonly count?: string;
  /** Factors by the value of a parameter. */
  readonly by?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Added for each input image, and for each thousand characters of prompt. */
  readonly perInputMicros?: number;
  readonly perThousandCharsMicros?: number;
  /** `megapixel` only: each one begun after the first. */
  readonly furtherMicros?: number;
}

/** Whose pixels change under the vendor's own mask. The page always sends white = change. */
export type MaskRule = 'none' | 'optional' | 'required';

export type ModelStatus = 'active' | 'legacy' | 'retired';

/** One row of the catalogue: data with dates. Dates are `YYYY-MM-DD`. */
export interface Model {
  readonly id: string;
  readonly title: string;
  readonly vendor: Vendor;
  /** What the vendor calls it. */
  readonly vendorModel: string;
  readonly tasks: readonly Task[];
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly inputs: { readonly min: number; readonly max: number };
  readonly mask: MaskRule;
  /** 0: the model takes no prompt. */
  readonly promptMaxLength: number;
  readonly promptRequired: boolean;
  readonly output: 'image' | 'video' | 'text';
  readonly price: Price;
  readonly status: ModelStatus;
  readonly retiresOn?: string;
  readonly replacedBy?: string;
  /** Last day on which a public page or the vendor's own signal was compared with this row. */
  readonly checkedOn: string;
}

/** `GET /api/models`. */
export interface ModelsAnswer {
  readonly models: readonly (Model & { readonly keyPresent: boolean })[];
  readonly styles: readonly { readonly id: Style; readonly title: string }[];
}

export const errorCodes = [
  'invalid_input',
  'signed_out',
  'forbidden',
  'not_found',
  'conflict',
  'too_large',
  'over_budget',
  'rate_limited',
  'moderated',
  'model_gone',
  'not_configured',
  'sign_in_not_configured',
  'provider_auth',
  'provider_billing',
  'provider_unavailable',
  'provider_failed',
  'ambiguous',
  'internal',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** Body of every answer that is not 2xx. */
export interface ErrorBody {
  readonly error: {
    readonly code: ErrorCode;
    readonly title: string;
    readonly next: string;
    /** Name of the offending field, in our own words. Never vendor text. */
    readonly field?: string;
    readonly replacedBy?: string;
    /** Also in the `Retry-After` header, there in whole seconds. */
    readonly retryAfterMs?: number;
  };
}

/** Body of `POST /api/generations`; the header `Idempotency-Key` (16–64 of [A-Za-z0-9_-]) is required. */
export interface GenerationRequest {
  readonly model: string;
  readonly task: Task;
  readonly prompt?: string;
  readonly style?: Style;
  /** Upload ids, in the order the model reads them. */
  readonly inputs?: readonly string[];
  /** Upload id of a PNG, white where pixels change. */
  readonly mask?: string;
  readonly parameters?: Readonly<Record<string, string | number | boolean>>;
}

export type GenerationState =
  | 'queued'
  | 'running'
  | 'succeeded'
  | 'moderated'
  | 'failed'
  | 'canceled'
  | 'unknown';

/** Where the money of one call stands. */
export type Payment = 'reserved' | 'sent' | 'settled' | 'released' | 'unknown';

export interface Output {
  readonly url: string;
  readonly type: string;
  readonly bytes: number;
}

export interface Generation {
  readonly id: string;
  readonly model: string;
  readonly task: Task;
  readonly state: GenerationState;
  readonly payment: Payment;
  readonly reservedMicros: number;
  readonly settledMicros: number;
  /** False once the figure is the vendor's own. */
  readonly estimate: boolean;
  /** 0…1 where the vendor tells. */
  readonly progress?: number;
  readonly seed?: number;
  readonly outputs: readonly Output[];
  readonly error?: ErrorBody['error'];
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface GenerationsAnswer {
  readonly generations: readonly Generation[];
}

/** `POST /api/uploads` with the bytes as body and their `Content-Type`. */
export interface UploadAnswer {
  readonly id: string;
  /** For vendors; ends with the signature and lives an hour. */
  readonly url: string;
  readonly bytes: number;
  readonly type: string;
  readonly expiresAt: number;
}

export type SessionAnswer =
  | { readonly state: 'signed-in'; readonly email: string }
  | { readonly state: 'new-password-required'; readonly challenge: string }
  /** The password was right; a second factor is asked for. `challenge` goes back with the code. */
  | { readonly state: 'code-required'; readonly challenge: string; readonly from: CodeSource };

/** Where the user finds the code: an authenticator app, a text message, or a mail. */
export type CodeSource = 'app' | 'sms' | 'email';

/** What an authenticator app wants to know; the secret is shown this once. */
export interface AuthenticatorAnswer {
  /** Base32. */
  readonly secret: string;
  /** The same as an `otpauth:` address, for a QR code or a tap. */
  readonly uri: string;
}

export interface HealthAnswer {
  readonly ok: boolean;
  readonly auth: 'cognito' | 'off';
  readonly storage: boolean;
  readonly vendors: Readonly<Record<Vendor, boolean>>;
}

export interface UsageRow {
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
  readonly model: string;
  readonly task: Task;
  readonly calls: number;
  readonly settledMicros: number;
  /** Reserved, sent or unknown: debited, not yet known. */
  readonly heldMicros: number;
}

export interface UsageAnswer {
  readonly rows: readonly UsageRow[];
  readonly budget: {
    readonly dayMicros: number;
    readonly dayLeftMicros: number;
    readonly monthMicros: number;
    readonly monthLeftMicros: number;
  };
}

/** `POST /api/prompts/improve`. */
export interface ImproveRequest {
  readonly prompt: string;
  readonly task: Task;
  readonly image?: string;
}
export interface ImproveAnswer {
  readonly tips: readonly string[];
  /** Exactly two, fitted to the task. */
  readonly prompts: readonly string[];
}

/** `POST /api/errors/explain`. */
export interface ExplainRequest {
  readonly code: ErrorCode;
  readonly prompt: string;
  readonly task: Task;
}
export interface ExplainAnswer {
  readonly explanation: string;
  readonly prompt: string;
}

/** `POST /api/shares`. */
export interface ShareRequest {
  readonly generation: string;
  readonly output: number;
}
export interface ShareAnswer {
  readonly url: string;
  readonly expiresAt: number;
}

/** `POST /api/feedback`. */
export interface FeedbackRequest {
  readonly text: string;
  readonly page?: string;
}

import { AwsV4Signer } from 'aws4fetch';
import { Failure, GO_ON, reasonOf } from '../problem.ts';
import { formatS3, type S3Address, type S3Endpoint, urlOf } from './address.ts';
import type { CredentialSource } from './credentials.ts';

export interface S3Options extends S3Endpoint {
  readonly credentials: CredentialSource;
  /** Milliseconds to wait before the n-th repetition (from 1); waits and jitters when absent. */
  readonly pause?: (repetition: number) => Promise<void>;
}

export interface S3Request {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer>;
}

/** Signed requests to an S3-compatible object store, repeated where that helps. */
export interface S3Client {
  /**
   * @returns the answer, also when it is 404
   * @throws Failure when the store cannot be reached, refuses, or keeps failing
   */
  send(address: S3Address, request: S3Request): Promise<Response>;
  readonly endpoint: S3Endpoint;
}

/** The same advice as Amazon's own clients: https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html */
const ATTEMPTS = 6;
const REPEATABLE: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);
const REQUEST_MS = 120_000;

export function createS3Client(options: S3Options): S3Client {
  const pause = options.pause ?? pauseWithJitter;

  async function attempt(address: S3Address, request: S3Request): Promise<Response> {
    const { method, query = {}, headers = {}, body } = request;
    const url = urlOf(address, options);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const signer = new AwsV4Signer({
      ...(await options.credentials()),
      method,
      url: url.href,
      region: options.region,
      service: 's3',
      headers: { ...headers, 'x-amz-content-sha256': await hashOf(body) },
      ...(body && { body }),
    });
    const signed = await signer.sign();
    return fetch(signed.url, {
      method,
      headers: signed.headers,
      signal: AbortSignal.timeout(REQUEST_MS),
      ...(body && { body }),
    });
  }

  return {
    endpoint: options,
    async send(address, request) {
      let last = '';
      for (let repetition = 0; repetition < ATTEMPTS; repetition++) {
        if (repetition > 0) await pause(repetition);
        try {
          const answer = await attempt(address, request);
          if (answer.ok || answer.status === 404) return answer;
          const code = codeIn(await answer.text()) ?? answer.statusText;
          last = `HTTP ${answer.status} ${code}`.trim();
          if (!REPEATABLE.has(answer.status)) throw refused(address, options, last);
        } catch (error) {
          if (error instanceof Failure) throw error;
          last = reasonOf(error);
        }
      }
      throw new Failure(
        'input',
        `${formatS3(address)} cannot be reached at ${whereOf(options)}: ${last}.`,
        `Check the network and --s3-endpoint (or AWS_ENDPOINT_URL). ${GO_ON}`,
      );
    },
  };
}

/** The `<Code>` of S3's error documents. */
export function codeIn(xml: string): string | null {
  return /<Code>([^<]+)<\/Code>/.exec(xml)?.[1] ?? null;
}

function refused(address: S3Address, endpoint: S3Endpoint, what: string): Failure {
  return new Failure(
    'input',
    `${formatS3(address)} was refused by ${whereOf(endpoint)}: ${what}.`,
    'Check the credentials (AWS_ACCESS_KEY_ID…), AWS_REGION, and what they may do with this bucket.',
  );
}

function whereOf({ url, region }: S3Endpoint): string {
  return url ?? `Amazon S3 in ${region}`;
}

async function hashOf(body: Uint8Array<ArrayBuffer> | undefined): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', body ?? new Uint8Array());
  return Buffer.from(digest).toString('hex');
}

/** Exponential with full jitter, so that a thousand workers do not come back in step. */
function pauseWithJitter(repetition: number): Promise<void> {
  const most = Math.min(20_000, 200 * 2 ** repetition);
  return new Promise((resolve) => setTimeout(resolve, Math.random() * most));
}

import { readFile } from 'node:fs/promises';
import { Failure, textOf } from '../problem.ts';

/** What signs a request. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export type CredentialSource = () => Promise<Credentials>;

type Environment = Readonly<Record<string, string | undefined>>;

/** Asked again this long before they run out. */
const MARGIN_MS = 5 * 60 * 1000;

/**
 * Credentials of the environment: the variables that every AWS tool knows, else the role of the
 * container (AWS Batch, ECS, EKS Pod Identity), which is asked again before it runs out.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 */
export function credentialsFrom(environment: Environment, now = Date.now): CredentialSource {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = environment;
  if (accessKeyId && secretAccessKey) {
    const fixed = { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
    return async () => fixed;
  }
  const url = containerUrl(environment);
  if (!url) {
    return async () => {
      throw new Failure(
        'input',
        'There are no credentials for s3://.',
        'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or list presigned https:// addresses.',
      );
    };
  }
  let known: { readonly credentials: Credentials; readonly until: number } | null = null;
  return async () => {
    if (known && now() < known.until - MARGIN_MS) return known.credentials;
    known = await askContainer(url, environment);
    return known.credentials;
  };
}

function containerUrl(environment: Environment): string | null {
  const relative = environment.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI;
  if (relative) return `http://169.254.170.2${relative}`;
  return environment.AWS_CONTAINER_CREDENTIALS_FULL_URI ?? null;
}

interface ContainerAnswer {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly Token: string;
  readonly Expiration: string;
}

async function askContainer(url: string, environment: Environment) {
  const file = environment.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE;
  try {
    const token = file
      ? (await readFile(file, 'utf8')).trim()
      : environment.AWS_CONTAINER_AUTHORIZATION_TOKEN;
    const answer = await fetch(url, {
      headers: token ? { authorization: token } : {},
      signal: AbortSignal.timeout(10_000),
    });
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    const given = (await answer.json()) as ContainerAnswer;
    return {
      credentials: {
        accessKeyId: given.AccessKeyId,
        secretAccessKey: given.SecretAccessKey,
        sessionToken: given.Token,
      },
      until: Date.parse(given.Expiration),
    };
  } catch (error) {
    throw new Failure(
      'input',
      `The container’s role gave no credentials: ${textOf(error)}.`,
      'Check the task’s role, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
    );
  }
}

/** Amazon Cognito user pools over plain fetch: docs.aws.amazon.com/cognito-user-identity-pools */
import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose';
import { originOf } from '../http/hosts.ts';
import { Refused } from '../http/problem.ts';

export interface Tokens {
  readonly access: string;
  readonly refresh: string;
  readonly accessExpiresAt: number;
}

export type SignIn =
  | {
      readonly kind: 'signed-in';
      readonly sub: string;
      readonly email: string;
      readonly tokens: Tokens;
    }
  | { readonly kind: 'new-password'; readonly session: string; readonly username: string };

interface Answer {
  readonly AuthenticationResult?: {
    readonly AccessToken?: string;
    readonly IdToken?: string;
    readonly RefreshToken?: string;
    readonly ExpiresIn?: number;
  };
  readonly ChallengeName?: string;
  readonly Session?: string;
  readonly ChallengeParameters?: Readonly<Record<string, string>>;
}

type Operation =
  | 'InitiateAuth'
  | 'RespondToAuthChallenge'
  | 'GetTokensFromRefreshToken'
  | 'GlobalSignOut';

async function ask(env: Env, operation: Operation, body: object): Promise<Answer> {
  const origin = originOf(env, 'cognito');
  if (origin === null) throw new Refused('not_configured');
  let response: Response;
  try {
    response = await fetch(`${origin}/`, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(15_000),
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
      },
      body: JSON.stringify(body),
    });
  } catch {
    throw new Refused('provider_unavailable');
  }
  if (response.ok) return (await response.json()) as Answer;
  throw refusal(await response.text(), response.status, operation);
}

/** One answer for "wrong password" and "no such user": who has an account is nobody's business. */
function refusal(body: string, status: number, operation: Operation): Refused {
  const type = /"__type"\s*:\s*"(?:[^"#]*#)?(\w+)"/.exec(body)?.[1] ?? '';
  switch (type) {
    case 'NotAuthorizedException':
    case 'UserNotFoundException':
    case 'UserNotConfirmedException':
    case 'PasswordResetRequiredException':
    case 'RefreshTokenReuseException':
    case 'CodeMismatchException':
    case 'ExpiredCodeException':
      return new Refused('signed_out');
    case 'InvalidPasswordException':
      return operation === 'InitiateAuth'
        ? new Refused('signed_out')
        : new Refused('invalid_input', { field: 'password' });
    case 'PasswordHistoryPolicyViolationException':
      return new Refused('invalid_input', { field: 'password' });
    case 'TooManyRequestsException':
    case 'LimitExceededException':
    case 'TooManyFailedAttemptsException':
      return new Refused('rate_limited', { retryAfterMs: 60_000 });
    default:
      return new Refused(status >= 500 ? 'provider_unavailable' : 'not_configured');
  }
}

const clientId = (env: Env): string => env.COGNITO_CLIENT_ID ?? '';

export async function signIn(env: Env, username: string, password: string): Promise<SignIn> {
  const answer = await ask(env, 'InitiateAuth', {
    AuthFlow: 'USER_PASSWORD_AUTH',
    ClientId: clientId(env),
    AuthParameters: { USERNAME: username, PASSWORD: password },
  });
  return read(env, answer, username);
}

export async function setNewPassword(
  env: Env,
  username: string,
  session: string,
  password: string,
): Promise<SignIn> {
  const answer = await ask(env, 'RespondToAuthChallenge', {
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    ClientId: clientId(env),
    Session: session,
    ChallengeResponses: { USERNAME: username, NEW_PASSWORD: password },
  });
  return read(env, answer, username);
}

/** @returns null when Cognito says the session is over. @throws Refused when it cannot say. */
export async function refreshed(env: Env, refresh: string): Promise<Tokens | null> {
  try {
    const answer = await ask(env, 'InitiateAuth', {
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      ClientId: clientId(env),
      AuthParameters: { REFRESH_TOKEN: refresh },
    });
    return tokensOf(answer, refresh);
  } catch (error) {
    if (error instanceof Refused && error.problem.code === 'signed_out') return null;
    throw error;
  }
}

export async function signOutEverywhere(env: Env, accessToken: string): Promise<void> {
  await ask(env, 'GlobalSignOut', { AccessToken: accessToken });
}

function tokensOf(answer: Answer, refresh = ''): Tokens {
  const result = answer.AuthenticationResult;
  if (!result?.AccessToken) throw new Refused('provider_unavailable');
  return {
    access: result.AccessToken,
    refresh: result.RefreshToken ?? refresh,
    accessExpiresAt: Date.now() + (result.ExpiresIn ?? 3600) * 1000,
  };
}

async function read(env: Env, answer: Answer, username: string): Promise<SignIn> {
  if (answer.ChallengeName === 'NEW_PASSWORD_REQUIRED' && answer.Session) {
    const asked = answer.ChallengeParameters?.USER_ID_FOR_SRP ?? username;
    return { kind: 'new-password', session: answer.Session, username: asked };
  }
  // Other challenges (MFA) are not offered by this page; docs/deploy.md says to leave them off.
  const idToken = answer.AuthenticationResult?.IdToken;
  if (!idToken) throw new Refused('not_configured');
  const { sub, email } = await verified(env, idToken);
  return { kind: 'signed-in', sub, email: email ?? username, tokens: tokensOf(answer) };
}

type Keys = ReturnType<typeof createRemoteJWKSet>;
const keySets = new Map<string, Keys>();

/** Signature, issuer, audience, expiry and use of an ID token. @throws Refused signed_out */
async function verified(env: Env, token: string): Promise<{ sub: string; email?: string }> {
  const origin = originOf(env, 'cognito');
  const issuer = `${origin}/${env.COGNITO_USER_POOL_ID}`;
  let keys = keySets.get(issuer);
  if (keys === undefined) {
    keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`), {
      [customFetch]: (url, init) => fetch(url, { ...init, redirect: 'manual' }),
    });
    keySets.set(issuer, keys);
  }
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience: clientId(env),
      algorithms: ['RS256'],
    });
    if (payload.token_use !== 'id' || !payload.sub) throw new Error('not an ID token');
    return {
      sub: payload.sub,
      ...(typeof payload.email === 'string' && { email: payload.email }),
    };
  } catch {
    throw new Refused('signed_out');
  }
}

/** Amazon Cognito user pools over plain fetch: docs.aws.amazon.com/cognito-user-identity-pools */
import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose';
import type { CodeSource } from '../../contract.ts';
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
  | { readonly kind: 'new-password'; readonly session: string; readonly username: string }
  | {
      readonly kind: 'code';
      readonly from: CodeSource;
      readonly session: string;
      readonly username: string;
    };

/** Challenges that a code answers, with the name that the answer has. */
const codeChallenges: Readonly<Record<CodeSource, readonly [challenge: string, answer: string]>> = {
  app: ['SOFTWARE_TOKEN_MFA', 'SOFTWARE_TOKEN_MFA_CODE'],
  sms: ['SMS_MFA', 'SMS_MFA_CODE'],
  email: ['EMAIL_OTP', 'EMAIL_OTP_CODE'],
};
export const codeSources = Object.keys(codeChallenges) as readonly CodeSource[];

interface Answer {
  readonly AuthenticationResult?: {
    readonly AccessToken?: string;
    readonly IdToken?: string;
    readonly RefreshToken?: string;
    readonly ExpiresIn?: number;
  };
  readonly ChallengeName?: string;
  readonly Session?: string;
  readonly SecretCode?: string;
  readonly ChallengeParameters?: Readonly<Record<string, string>>;
}

type Operation =
  | 'InitiateAuth'
  | 'RespondToAuthChallenge'
  | 'GetTokensFromRefreshToken'
  | 'GlobalSignOut'
  | 'ChangePassword'
  | 'AssociateSoftwareToken'
  | 'VerifySoftwareToken'
  | 'SetUserMFAPreference';

async function ask(env: Env, operation: Operation, body: object): Promise<Answer> {
  const origin = originOf(env, 'cognito');
  if (origin === null) throw new Refused('sign_in_not_configured');
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
  // The session was good a moment ago: it is the current password that is wrong.
  if (operation === 'ChangePassword' && type === 'NotAuthorizedException') {
    return new Refused('invalid_input', { field: 'current' });
  }
  switch (type) {
    case 'CodeMismatchException':
    case 'EnableSoftwareTokenMFAException':
      return new Refused('invalid_input', { field: 'code' });
    case 'NotAuthorizedException':
    case 'UserNotFoundException':
    case 'UserNotConfirmedException':
    case 'PasswordResetRequiredException':
    case 'RefreshTokenReuseException':
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
      return new Refused(status >= 500 ? 'provider_unavailable' : 'sign_in_not_configured');
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

/** @throws Refused invalid_input for a wrong code; the challenge may be answered again. */
export async function answerCode(
  env: Env,
  username: string,
  session: string,
  from: CodeSource,
  code: string,
): Promise<SignIn> {
  const [challenge, name] = codeChallenges[from];
  const answer = await ask(env, 'RespondToAuthChallenge', {
    ChallengeName: challenge,
    ClientId: clientId(env),
    Session: session,
    ChallengeResponses: { USERNAME: username, [name]: code },
  });
  return read(env, answer, username);
}

/** @throws Refused invalid_input that names what is wrong, the current password or the new one. */
export async function changePassword(
  env: Env,
  accessToken: string,
  current: string,
  password: string,
): Promise<void> {
  await ask(env, 'ChangePassword', {
    AccessToken: accessToken,
    PreviousPassword: current,
    ProposedPassword: password,
  });
}

/** @returns the secret for a new authenticator app, base32; it counts once a code was confirmed. */
export async function newAuthenticator(env: Env, accessToken: string): Promise<string> {
  const { SecretCode } = await ask(env, 'AssociateSoftwareToken', { AccessToken: accessToken });
  if (!SecretCode) throw new Refused('provider_unavailable');
  return SecretCode;
}

/** From now on every sign-in asks for a code of this app. @throws Refused for a wrong code */
export async function confirmAuthenticator(
  env: Env,
  accessToken: string,
  code: string,
): Promise<void> {
  await ask(env, 'VerifySoftwareToken', { AccessToken: accessToken, UserCode: code });
  await ask(env, 'SetUserMFAPreference', {
    AccessToken: accessToken,
    SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
  });
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
  if (answer.Session) {
    const { Session: session, ChallengeParameters: more = {} } = answer;
    const asked = more.USER_ID_FOR_SRP ?? username;
    const from = codeSources.find((source) => codeChallenges[source][0] === answer.ChallengeName);
    if (from !== undefined) return { kind: 'code', from, session, username: asked };
    if (answer.ChallengeName === 'SELECT_MFA_TYPE') return select(env, asked, session, more);
  }
  // What is left, such as MFA_SETUP, cannot be answered here; docs/deploy.md says what to set.
  const idToken = answer.AuthenticationResult?.IdToken;
  if (!idToken) throw new Refused('sign_in_not_configured');
  const { sub, email } = await verified(env, idToken);
  return { kind: 'signed-in', sub, email: email ?? username, tokens: tokensOf(answer) };
}

/** With several second factors the first in our order is taken: an app needs no network. */
function select(
  env: Env,
  username: string,
  session: string,
  { MFAS_CAN_CHOOSE: offered = '' }: Readonly<Record<string, string>>,
): Promise<SignIn> {
  const from = codeSources.find((source) => offered.includes(`"${codeChallenges[source][0]}"`));
  if (from === undefined) throw new Refused('sign_in_not_configured');
  return ask(env, 'RespondToAuthChallenge', {
    ChallengeName: 'SELECT_MFA_TYPE',
    ClientId: clientId(env),
    Session: session,
    ChallengeResponses: { USERNAME: username, ANSWER: codeChallenges[from][0] },
  }).then((answer) => read(env, answer, username));
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

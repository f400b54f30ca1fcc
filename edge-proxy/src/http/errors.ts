import type { ErrorCode } from '../../contract.ts';

/** The closed set of failures: HTTP status, plain words, and what to do next. */
export const errors: Readonly<
  Record<ErrorCode, { readonly status: number; readonly title: string; readonly next: string }>
> = {
  invalid_input: {
    status: 422,
    title: 'Something in the request is not allowed.',
    next: 'Correct the named field and send again.',
  },
  signed_out: { status: 401, title: 'You are not signed in.', next: 'Sign in and try again.' },
  forbidden: {
    status: 403,
    title: 'This request may not be made from here.',
    next: 'Reload the page and try again.',
  },
  not_found: { status: 404, title: 'There is nothing here.', next: 'Go back and reload the list.' },
  conflict: {
    status: 409,
    title: 'This cannot be done in the present state.',
    next: 'Reload to see the present state.',
  },
  too_large: {
    status: 413,
    title: 'The upload is too large.',
    next: 'Make the file smaller and send again.',
  },
  over_budget: {
    status: 402,
    title: 'The budget does not cover this call.',
    next: 'Wait for the next day or month, or ask for a larger budget.',
  },
  rate_limited: {
    status: 429,
    title: 'Too many calls in a short time.',
    next: 'Wait for the stated time and send again.',
  },
  moderated: {
    status: 422,
    title: 'The provider declined this for its content rules.',
    next: 'Change the prompt or the picture.',
  },
  model_gone: {
    status: 410,
    title: 'The provider has retired this model.',
    next: 'Use the named replacement.',
  },
  not_configured: {
    status: 503,
    title: 'No key is set for this provider.',
    next: 'Add the key to .dev.vars or to the deployment, see docs/deploy.md.',
  },
  sign_in_not_configured: {
    status: 503,
    title: 'Sign-in is not set up on this server, or not for this account.',
    next: 'Tell the person who runs this server; docs/deploy.md says what to set.',
  },
  provider_auth: {
    status: 502,
    title: 'The provider refused our key.',
    next: 'Tell the person who runs this server.',
  },
  provider_billing: {
    status: 503,
    title: 'The provider account needs attention.',
    next: 'Tell the person who runs this server, or pick another provider.',
  },
  provider_unavailable: {
    status: 503,
    title: 'The provider does not answer just now.',
    next: 'Nothing was charged. Try again in a minute or pick another provider.',
  },
  provider_failed: {
    status: 502,
    title: 'The provider could not make this.',
    next: 'Try again with other settings or another model.',
  },
  ambiguous: {
    status: 504,
    title: 'The answer was lost; the call may have been charged.',
    next: 'It is not sent again. Look at the provider, or make a new call if you accept the cost.',
  },
  internal: {
    status: 500,
    title: 'The server made a mistake.',
    next: 'Try again; tell us when it stays.',
  },
};

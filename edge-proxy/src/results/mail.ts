/** Feedback by mail through Amazon SES v2, when addresses are configured. It is stored either way. */
import { awsRequest } from '../http/aws.ts';

export async function mailFeedback(
  env: Env,
  from: string,
  text: string,
  page: string | null,
): Promise<void> {
  const { FEEDBACK_FROM, FEEDBACK_TO } = env;
  if (!FEEDBACK_FROM || !FEEDBACK_TO) return;
  const utf8 = (data: string): object => ({ Data: data, Charset: 'UTF-8' });
  const signed = await awsRequest(env, 'ses', '/v2/email/outbound-emails', {
    method: 'POST',
    body: JSON.stringify({
      FromEmailAddress: FEEDBACK_FROM,
      Destination: { ToAddresses: [FEEDBACK_TO] },
      Content: {
        Simple: {
          Subject: utf8('Maskwright feedback'),
          Body: { Text: utf8(`${text}\n\nFrom: ${from}\nPage: ${page ?? 'unknown'}`) },
        },
      },
    }),
  });
  if (signed === null) return;
  try {
    const response = await fetch(signed);
    if (!response.ok) console.error('feedback mail answered', response.status);
  } catch {
    console.error('feedback mail could not be sent');
  }
}

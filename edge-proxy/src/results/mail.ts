/** Feedback by mail through Amazon SES v2, when addresses are configured. It is stored either way. */
import { AwsClient } from 'aws4fetch';
import { originOf } from '../http/hosts.ts';
import { awsRegion } from '../settings.ts';

export async function mailFeedback(
  env: Env,
  from: string,
  text: string,
  page: string | null,
): Promise<void> {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, FEEDBACK_FROM, FEEDBACK_TO } = env;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY || !FEEDBACK_FROM || !FEEDBACK_TO) return;
  const client = new AwsClient({
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    region: awsRegion(env),
    service: 'ses',
    retries: 0,
  });
  const utf8 = (data: string): object => ({ Data: data, Charset: 'UTF-8' });
  const signed = await client.sign(`${originOf(env, 'ses')}/v2/email/outbound-emails`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
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
  try {
    const response = await fetch(signed, { redirect: 'manual' });
    if (!response.ok) console.error('feedback mail answered', response.status);
  } catch {
    console.error('feedback mail could not be sent');
  }
}

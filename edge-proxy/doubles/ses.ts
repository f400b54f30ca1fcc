import { awsError, refuse } from './aws-errors.ts';
import { json, mediaType, parseObject } from './reply.ts';
import { arrayOf, checkFields, type Fields, object, required, string } from './schema.ts';
import { verifySigV4 } from './sigv4.ts';
import type { Double, World } from './types.ts';

const content = required(object({ Data: required(string({ min: 1 })), Charset: string() }));
const address = string({ pattern: /^[^@\s]+@[^@\s]+$/ });

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html, simple messages only. */
const fields: Fields = {
  FromEmailAddress: required(address),
  Destination: required(object({ ToAddresses: required(arrayOf(address, 1, 50)) })),
  Content: required(
    object({
      Simple: required(object({ Subject: content, Body: required(object({ Text: content })) })),
    }),
  ),
};

/** `email.{region}.amazonaws.com`: `SendEmail` of the second version of the API. */
export function createSes(world: World): Double {
  return {
    refuse,
    handle(call) {
      const signed = verifySigV4(call, {
        accessKeyId: world.credentials.awsAccessKeyId,
        secretAccessKey: world.credentials.awsSecretAccessKey,
        service: 'ses',
        now: world.now(),
      });
      if (!signed.ok) return awsError(403, 'InvalidSignatureException', signed.failure.kind);
      if (call.method !== 'POST' || call.path !== '/v2/email/outbound-emails')
        return awsError(404, 'NotFoundException', 'Unknown operation');
      if (mediaType(call.headers['content-type']) !== 'application/json')
        return awsError(400, 'BadRequestException', 'Content-Type must be application/json');
      const body = parseObject(call.body);
      const issue = body === null ? 'no JSON object' : checkFields(body, fields)[0]?.message;
      if (issue !== undefined) return awsError(400, 'BadRequestException', issue);
      return json(200, { MessageId: `double-${call.id}` });
    },
  };
}

import { json } from './reply.ts';
import type { Reply } from './types.ts';

/** An error as the service words it: name in a header, sentence in the body. */
export function awsError(status: number, name: string, message: string): Reply {
  return json(
    status,
    { message },
    { 'x-amzn-errortype': `${name}:http://internal.amazon.com/coral/com.amazon.bedrock/` },
  );
}

export const validation = (message: string): Reply => awsError(400, 'ValidationException', message);

const STATUS_NAMES: Readonly<Record<number, string>> = {
  400: 'ValidationException',
  403: 'AccessDeniedException',
  404: 'ResourceNotFoundException',
  408: 'ModelTimeoutException',
  424: 'ModelErrorException',
  429: 'ThrottlingException',
  500: 'InternalServerException',
  503: 'ServiceUnavailableException',
};

/** The error that goes with a status. */
export const refuse = (status: number): Reply =>
  awsError(status, STATUS_NAMES[status] ?? 'InternalServerException', `status ${status}`);

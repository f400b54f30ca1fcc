import { expect, it } from 'vitest';
import { refusedByS3 } from './s3-auth.ts';

// The published example of a presigned URL:
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
const identity = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  now: Date.UTC(2013, 4, 24, 1),
};
const signature = 'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404';
const url = `/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=${signature}`;
const asked = (rawUrl: string, now = identity.now) =>
  refusedByS3(
    {
      method: 'GET',
      rawUrl,
      headers: { host: 'examplebucket.s3.amazonaws.com' },
      body: Buffer.alloc(0),
    },
    { ...identity, now },
  );

it('takes the presigned URL that AWS published, for a day and unchanged', () => {
  expect(asked(url)).toBeNull();
  expect(asked(url, Date.UTC(2013, 4, 25, 0, 0, 1))).toBe('AccessDenied');
  expect(asked(url.replace('86400', '86401'))).toBe('SignatureDoesNotMatch');
  expect(asked(url.replace('/test.txt', '/other.txt'))).toBe('SignatureDoesNotMatch');
  expect(asked('/test.txt')).toBe('AccessDenied');
});

import { AwsClient } from 'aws4fetch';
import { describe, expect, it } from 'vitest';
import { type SignedRequest, verifySigV4 } from './sigv4.ts';

/**
 * Published vectors. `get-vanilla`, `get-vanilla-query-order-key-case`, `post-vanilla` and
 * `post-x-www-form-urlencoded`: AWS's Signature Version 4 test suite (aws-sig-v4-test-suite, also in
 * github.com/awslabs/aws-c-auth/tests/aws-signing-test-suite). `ListUsers`: the worked example of
 * "Create a signed AWS API request" (AWS IAM User Guide).
 */
const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const AT = Date.parse('2015-08-30T12:36:00Z');
const FORM = 'application/x-www-form-urlencoded';
const VECTORS = [
  {
    name: 'get-vanilla',
    method: 'GET',
    rawUrl: '/',
    signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
  },
  {
    name: 'get-vanilla-query-order-key-case',
    method: 'GET',
    rawUrl: '/?Param2=value2&Param1=value1',
    signature: 'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
  },
  {
    name: 'post-vanilla',
    method: 'POST',
    rawUrl: '/',
    signature: '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
  },
  {
    name: 'post-x-www-form-urlencoded',
    method: 'POST',
    rawUrl: '/',
    contentType: FORM,
    body: 'Param1=value1',
    signature: 'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
  },
  {
    name: 'IAM ListUsers',
    method: 'GET',
    rawUrl: '/?Action=ListUsers&Version=2010-05-08',
    host: 'iam.amazonaws.com',
    service: 'iam',
    contentType: `${FORM}; charset=utf-8`,
    signature: '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
  },
];

function vector(v: (typeof VECTORS)[number]): { request: SignedRequest; service: string } {
  const service = v.service ?? 'service';
  const signed = `${v.contentType ? 'content-type;' : ''}host;x-amz-date`;
  return {
    service,
    request: {
      method: v.method,
      rawUrl: v.rawUrl,
      body: Buffer.from(v.body ?? ''),
      headers: {
        host: v.host ?? 'example.amazonaws.com',
        'x-amz-date': '20150830T123600Z',
        ...(v.contentType && { 'content-type': v.contentType }),
        authorization: `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/${service}/aws4_request, SignedHeaders=${signed}, Signature=${v.signature}`,
      },
    },
  };
}

const identity = (service: string, now = AT) => ({
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: SECRET,
  service,
  now,
});

describe('published vectors', () => {
  it.each(VECTORS)('$name', (v) => {
    const { request, service } = vector(v);
    expect(verifySigV4(request, identity(service))).toEqual({ ok: true, region: 'us-east-1' });
  });
});

describe('refusals', () => {
  const { request } = vector(VECTORS[3]!);
  const { headers } = request;
  const authorization = headers.authorization!;
  const changed = (more: Partial<SignedRequest>): SignedRequest => ({ ...request, ...more });
  const withAuth = (text: string): SignedRequest =>
    changed({ headers: { ...headers, authorization: text } });
  const { authorization: _, ...unsigned } = headers;

  it.each<[string, SignedRequest, string]>([
    ['no header', changed({ headers: unsigned }), 'missing'],
    ['another scheme', withAuth('Basic abc'), 'incomplete'],
    ['a shortened signature', withAuth(authorization.slice(0, -2)), 'incomplete'],
    ['another key id', withAuth(authorization.replace('AKIDEXAMPLE', 'AKIDOTHER')), 'unknownKey'],
    ['another service', withAuth(authorization.replace('/service/', '/s3/')), 'mismatch'],
    ['another region', withAuth(authorization.replace('us-east-1', 'us-west-2')), 'mismatch'],
    ['another day', withAuth(authorization.replace('20150830', '20150829')), 'mismatch'],
    ['another body', changed({ body: Buffer.from('Param1=value2') }), 'mismatch'],
    ['another path', changed({ rawUrl: '/x' }), 'mismatch'],
    ['another method', changed({ method: 'PUT' }), 'mismatch'],
    ['an unsigned host', withAuth(authorization.replace('host;', '')), 'mismatch'],
    [
      'an unsigned x-amz header',
      changed({ headers: { ...headers, 'x-amz-target': 'a' } }),
      'mismatch',
    ],
    [
      'a wrong body hash header',
      changed({ headers: { ...headers, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } }),
      'mismatch',
    ],
    ['no date', changed({ headers: { ...headers, 'x-amz-date': undefined } }), 'incomplete'],
  ])('%s', (_name, wrong, kind) => {
    const result = verifySigV4(wrong, identity('service'));
    expect(result).toMatchObject({ ok: false, failure: { kind } });
  });

  it('a date more than five minutes off, either way', () => {
    for (const now of [AT + 301_000, AT - 301_000])
      expect(verifySigV4(request, identity('service', now))).toMatchObject({
        failure: { kind: 'expired' },
      });
    expect(verifySigV4(request, identity('service', AT + 299_000)).ok).toBe(true);
  });
});

describe('another signer agrees on an encoded model id (the AWS SDK does in bedrock.test.ts)', () => {
  const url = 'http://127.0.0.1:9/model/amazon.nova-canvas-v1%3A0/invoke?b=2&a=%20x';
  const body = '{"a":1}';

  it('aws4fetch', async () => {
    const client = new AwsClient({
      accessKeyId: 'AKIDEXAMPLE',
      secretAccessKey: SECRET,
      service: 'bedrock',
      region: 'eu-west-1',
    });
    const signed = await client.sign(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
      aws: { datetime: '20150830T123600Z' },
    });
    const request = {
      method: 'POST',
      rawUrl: url.slice('http://127.0.0.1:9'.length),
      headers: { ...Object.fromEntries(signed.headers), host: '127.0.0.1:9' },
      body: Buffer.from(body),
    };
    expect(verifySigV4(request, identity('bedrock'))).toEqual({ ok: true, region: 'eu-west-1' });
  });
});

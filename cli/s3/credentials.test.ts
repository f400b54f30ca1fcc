import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { credentialsFrom } from './credentials.ts';

test('variables come first, and are all that is needed', async () => {
  const source = credentialsFrom({
    AWS_ACCESS_KEY_ID: 'id',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:1/never',
  });
  expect(await source()).toEqual({ accessKeyId: 'id', secretAccessKey: 'secret' });
});

test('a container’s role is asked once, and again before its keys run out', async () => {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers.authorization);
    const Expiration = new Date(3_600_000 * asked.length).toISOString();
    const keys = { AccessKeyId: `id-${asked.length}`, SecretAccessKey: 's', Token: 't' };
    response.end(JSON.stringify({ ...keys, Expiration }));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  let time = 0;
  const source = credentialsFrom(
    {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${port}/role`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: 'of the pod',
    },
    () => time,
  );
  expect(await source()).toEqual({
    accessKeyId: 'id-1',
    secretAccessKey: 's',
    sessionToken: 't',
  });
  time = 50 * 60 * 1000;
  expect((await source()).accessKeyId).toBe('id-1');
  time = 56 * 60 * 1000;
  expect((await source()).accessKeyId).toBe('id-2');
  expect(asked).toEqual(['of the pod', 'of the pod']);
  server.close();
  server.closeAllConnections();
});

test('without any, or with a role that gives none, one sentence says so', async () => {
  await expect(credentialsFrom({})()).rejects.toThrow('There are no credentials for s3://.');
  const source = credentialsFrom({
    AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:1/role',
  });
  await expect(source()).rejects.toThrow(/container’s role gave no credentials/);
});

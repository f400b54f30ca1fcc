/** cognito-local as a process of its own. Runs in Node. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../local/worker.ts';

const userPool = 'local_maskwright';
const client = 'maskwright-test-client';

export interface Cognito {
  readonly origin: string;
  readonly pool: string;
  readonly client: string;
  stop(): void;
}

async function call(origin: string, operation: string, body: object): Promise<unknown> {
  const response = await fetch(origin, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
      authorization: 'AWS4-HMAC-SHA256 Credential=local/20260101/local/cognito-idp/aws4_request',
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${operation}: ${await response.text()}`);
  return response.json();
}

/** A user pool with ada, bob, fay and gil (`Correct-horse-1`), and eve who must choose a password. */
export async function startCognito(): Promise<Cognito> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'maskwright-cognito-'));
  const script = createRequire(import.meta.url).resolve('cognito-local/lib/bin/start.js');
  const child = spawn(process.execPath, [script], {
    cwd: folder,
    env: { ...process.env, PORT: String(port), HOST: '127.0.0.1' },
    stdio: 'ignore',
  });
  const origin = `http://127.0.0.1:${port}`;
  for (let attempt = 0; ; attempt += 1) {
    try {
      await fetch(`${origin}/health`);
      break;
    } catch (error) {
      if (attempt > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  const made = (await call(origin, 'CreateUserPool', {
    PoolName: userPool,
    MfaConfiguration: 'OPTIONAL',
  })) as {
    UserPool: { Id: string };
  };
  const pool = made.UserPool.Id;
  const app = (await call(origin, 'CreateUserPoolClient', {
    UserPoolId: pool,
    ClientName: client,
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  })) as { UserPoolClient: { ClientId: string } };
  for (const name of ['ada', 'bob', 'eve', 'fay', 'gil']) {
    await call(origin, 'AdminCreateUser', {
      UserPoolId: pool,
      Username: `${name}@example.test`,
      TemporaryPassword: 'Temporary-1',
      MessageAction: 'SUPPRESS',
      UserAttributes: [{ Name: 'email', Value: `${name}@example.test` }],
    });
    if (name === 'eve') continue;
    await call(origin, 'AdminSetUserPassword', {
      UserPoolId: pool,
      Username: `${name}@example.test`,
      Password: 'Correct-horse-1',
      Permanent: true,
    });
  }
  return {
    origin,
    pool,
    client: app.UserPoolClient.ClientId,
    stop() {
      child.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

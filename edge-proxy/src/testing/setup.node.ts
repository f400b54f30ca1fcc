/** Starts the vendors' doubles and a local Cognito once for the whole test run. Runs in Node. */
import type { TestProject } from 'vitest/node';
import { startDoubles } from '../../doubles/server.ts';
import { variablesFor } from '../../local/worker.ts';
import { startCognito } from './cognito.node.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly bindings: Record<string, string>;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const doubles = await startDoubles();
  const cognito = await startCognito();
  const variables = variablesFor(doubles);
  const hosts = JSON.parse(variables.LOOPBACK_HOSTS!) as Record<string, string>;
  project.provide('bindings', {
    ...variables,
    CONTROL: doubles.controlOrigin,
    OUTSIDE: doubles.origins.outside,
    LOOPBACK_HOSTS: JSON.stringify({ ...hosts, cognito: cognito.origin }),
    // Waits of seconds become fractions of one; what a vendor asks for is still waited for.
    TEST_PACE: '0.1',
    COGNITO_REGION: 'local',
    COGNITO_USER_POOL_ID: cognito.pool,
    COGNITO_CLIENT_ID: cognito.client,
  });
  return async () => {
    cognito.stop();
    await doubles.close();
  };
}

/** Starts the vendors' doubles and a local Cognito once for the whole test run. Runs in Node. */
import type { TestProject } from 'vitest/node';
import { startDoubles } from '../../doubles/server.ts';
import { startCognito } from './cognito.node.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly bindings: Record<string, string>;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const doubles = await startDoubles();
  const cognito = await startCognito();
  const { origins, credentials: keys } = doubles;
  project.provide('bindings', {
    CONTROL: doubles.controlOrigin,
    OUTSIDE: origins.outside,
    LOOPBACK_HOSTS: JSON.stringify({
      replicate: origins.replicate,
      replicateResults: origins.replicateDelivery,
      bedrock: origins.bedrock,
      bedrockControl: origins.bedrockControl,
      openai: origins.openai,
      gemini: origins.gemini,
      geminiResults: origins.geminiStorage,
      stability: origins.stability,
      bfl: origins.bfl,
      bflRegion: origins.bflRegion,
      bflResults: origins.bflDelivery,
      recraft: origins.recraft,
      recraftResults: origins.recraftFiles,
      'self-hosted': origins.modal,
      s3: origins.s3,
      ses: origins.ses,
      cognito: cognito.origin,
    }),
    COGNITO_REGION: 'local',
    COGNITO_USER_POOL_ID: cognito.pool,
    COGNITO_CLIENT_ID: cognito.client,
    PUBLIC_ORIGIN: 'https://proxy.test',
    REPLICATE_API_TOKEN: keys.replicate,
    OPENAI_API_KEY: keys.openai,
    GEMINI_API_KEY: keys.gemini,
    STABILITY_API_KEY: keys.stability,
    BFL_API_KEY: keys.bfl,
    BFL_WEBHOOK_SECRET: keys.bflWebhook,
    RECRAFT_API_TOKEN: keys.recraft,
    AWS_ACCESS_KEY_ID: keys.awsAccessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.awsSecretAccessKey,
    SELF_HOSTED_KEY: keys.modalKey,
    SELF_HOSTED_SECRET: keys.modalSecret,
    SELF_HOSTED_WEBHOOK_SECRET: keys.modalWebhook,
  });
  return async () => {
    cognito.stop();
    await doubles.close();
  };
}

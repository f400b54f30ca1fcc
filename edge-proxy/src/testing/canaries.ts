/**
 * Looked for in the whole test run: a key of any vendor in an answer or in a line of the log, and
 * words of a prompt or a picture in a line of the log. Each test file ends with the verdict.
 */
import { env } from 'cloudflare:workers';
import { afterAll, expect } from 'vitest';

const secrets = [
  ...[env.REPLICATE_API_TOKEN, env.OPENAI_API_KEY, env.GEMINI_API_KEY, env.STABILITY_API_KEY],
  ...[env.BFL_API_KEY, env.BFL_WEBHOOK_SECRET, env.RECRAFT_API_TOKEN, env.AWS_SECRET_ACCESS_KEY],
  ...[env.SELF_HOSTED_KEY, env.SELF_HOSTED_SECRET, env.SELF_HOSTED_WEBHOOK_SECRET],
  'double-canary-bedrock-bearer',
].filter((secret) => secret !== undefined);
/** Every prompt of the tests has one of these words; a PNG in base64 begins so. */
const foreign = /kite|canary prompt|iVBORw0KGgo/;

const found: string[] = [];

/** Notes the place where a key shows. The key itself is not repeated. */
export function lookForKeys(where: string, text: string): void {
  if (secrets.some((secret) => text.includes(secret))) found.push(`a key in ${where}`);
}

const levels = ['log', 'info', 'warn', 'error', 'debug'] as const;
for (const level of levels) {
  const write = console[level].bind(console);
  console[level] = (...line: unknown[]) => {
    const text = line.map(String).join(' ');
    lookForKeys(`console.${level}`, text);
    if (foreign.test(text)) found.push(`a prompt or a picture in console.${level}`);
    write(...line);
  };
}

afterAll(() => {
  expect(found).toEqual([]);
});

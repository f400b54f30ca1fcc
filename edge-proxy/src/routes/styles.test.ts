import { beforeEach, describe, expect, it } from 'vitest';
import { styles } from '../../contract.ts';
import { promptStyles, styledPrompt } from '../catalogue/styles.ts';
import { control, generate } from '../testing/client.ts';

const request = { model: 'gpt-image-2', task: 'create', prompt: 'a red kite' } as const;

describe('prompt styles', () => {
  beforeEach(() => control.reset());

  it('put their words behind the prompt, and the standard one leaves it alone', async () => {
    for (const style of styles) await generate({ ...request, style });
    const sent = (await control.requests('openai')).map(
      ({ bodyText }) => (JSON.parse(bodyText) as { prompt: string }).prompt,
    );
    expect(sent).toEqual(
      styles.map((style) => [request.prompt, promptStyles[style].words].filter(Boolean).join(', ')),
    );
    expect(new Set(sent).size).toBe(9);
  });

  it('are a prompt of their own where there is none', () => {
    expect(styledPrompt('', 'anime')).toBe(promptStyles.anime.words);
  });

  it('that nobody knows are refused by name, before anything is sent', async () => {
    const odd = { ...request, style: 'oil' } as unknown as typeof request;
    expect((await generate(odd)).error).toMatchObject({ code: 'invalid_input', field: 'style' });
    expect(await control.requests()).toEqual([]);
  });
});

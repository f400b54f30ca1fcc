import { describe, expect, it } from 'vitest';
import { asOf, catalogue, learntFrom } from './catalogue.ts';
import { checkRequest } from './check.ts';
import { reserveFor } from './price.ts';

const ids = new Set(catalogue.map((model) => model.id));

describe('the catalogue', () => {
  it('has unique ids, replacements that live, and a date on every row', () => {
    expect(ids.size).toBe(catalogue.length);
    for (const model of catalogue) {
      expect(model.checkedOn).toMatch(/^\d{4}-\d\d-\d\d$/);
      if (model.status !== 'active') expect(model.replacedBy, model.id).toBeDefined();
      if (model.replacedBy === undefined) continue;
      const next = catalogue.find((other) => other.id === model.replacedBy);
      expect(next?.status, `${model.id} → ${model.replacedBy}`).toBe('active');
    }
  });

  it('has defaults that its own ranges allow', () => {
    for (const model of catalogue) {
      const request = {
        model: model.id,
        task: model.tasks[0]!,
        prompt: 'x'.slice(0, model.promptMaxLength),
        inputs: Array.from(
          { length: Math.min(model.inputs.max, Math.max(1, model.inputs.min)) },
          () => 'x',
        ),
        ...(model.mask === 'required' && { mask: 'x' }),
      };
      expect(checkRequest(model, request), model.id).toMatchObject({ ok: true });
    }
  });

  it('is overruled by settings, as far as they can be read', () => {
    const learnt = (text: string) => learntFrom({ MODEL_STATUS: text } as Env);
    expect(learnt('{"gpt-image-1.5":"active"}')).toEqual({ 'gpt-image-1.5': { status: 'active' } });
    const mixed = '{"gpt-image-1.5":"retired","gpt-image-2":"gone","no-such":"active"}';
    expect(learnt(mixed)).toEqual({ 'gpt-image-1.5': { status: 'retired' } });
    for (const text of ['', '{', 'null', '"active"', '7', '[]', '["active"]']) {
      expect(learnt(text), text).toEqual({});
    }
  });

  it('retires a row on its day and not before', () => {
    const model = catalogue.find((row) => row.id === 'gpt-image-1.5')!;
    expect(asOf(model, '2026-11-30').status).toBe('legacy');
    expect(asOf(model, '2026-12-01').status).toBe('retired');
    expect(asOf(model, '2026-12-01', { status: 'active' }).status).toBe('active');
  });

  it('reserves for what was asked: count, seconds, size', () => {
    const find = (id: string) => catalogue.find((row) => row.id === id)!;
    const veo = find('replicate-veo-3.1');
    expect(reserveFor(veo, { duration: 8, generate_audio: true }, 0, 10)).toBe(3_200_000);
    expect(reserveFor(veo, { duration: 4, generate_audio: false }, 0, 10)).toBe(800_000);
    expect(reserveFor(find('recraft-v3'), { n: 3 }, 0, 10)).toBe(120_000);
    expect(reserveFor(find('bfl-flux-2-pro'), { width: 2048, height: 2048 }, 1, 10)).toBe(
      30_000 + 3 * 15_000 + 60_000,
    );
  });
});

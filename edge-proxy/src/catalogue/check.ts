/** A request against its row: what is wrong by name, or the values that go out. */
import type { GenerationRequest, Model, Parameter } from '../../contract.ts';

type Value = string | number | boolean;

export type Checked =
  | { readonly ok: true; readonly parameters: Readonly<Record<string, Value>> }
  | { readonly ok: false; readonly field: string };

/** @returns the values with the row's defaults filled in. */
export function checkRequest(model: Model, request: GenerationRequest): Checked {
  const wrong = (field: string): Checked => ({ ok: false, field });
  if (!model.tasks.includes(request.task)) return wrong('task');
  const prompt = request.prompt ?? '';
  if (prompt.length > model.promptMaxLength) return wrong('prompt');
  if (prompt.trim() === '' && model.promptRequired) return wrong('prompt');
  const inputs = request.inputs?.length ?? 0;
  const { min, max } = model.inputs;
  const needed = request.task === 'edit' || request.task === 'inpaint' ? Math.max(1, min) : min;
  if (inputs < needed || inputs > max) return wrong('inputs');
  const masked = request.mask !== undefined;
  if (masked && (model.mask === 'none' || request.task === 'create')) return wrong('mask');
  if (!masked && model.mask === 'required') return wrong('mask');
  const given = request.parameters ?? {};
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(model.parameters, name)) return wrong(`parameters.${name}`);
  }
  const parameters: Record<string, Value> = {};
  for (const [name, rule] of Object.entries(model.parameters)) {
    const value = Object.hasOwn(given, name) ? given[name] : rule.default;
    if (value === undefined) continue;
    if (!fits(rule, value)) return wrong(`parameters.${name}`);
    parameters[name] = value;
  }
  return { ok: true, parameters };
}

function fits(rule: Parameter, value: Value): boolean {
  switch (rule.kind) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'enum':
      return typeof value === 'string' && rule.values.includes(value);
    case 'text':
      return typeof value === 'string' && value.length <= rule.maxLength;
    case 'integer':
    case 'number': {
      if (typeof value !== 'number' || !(value >= rule.min && value <= rule.max)) return false;
      if (rule.kind === 'integer' && !Number.isInteger(value)) return false;
      return rule.step === undefined || value % rule.step === 0;
    }
  }
}

/** The daily look at what vendors say about their own models. Rows are flipped, never deleted. */
import { configured } from '../http/keys.ts';
import { house } from '../http/signing.ts';
import { catalogue } from './catalogue.ts';
import { forgetLearnt } from './learnt.ts';
import { signalling, signalOf } from './signals.ts';

/**
 * Asks every vendor that has a key and a signal; one that does not answer changes nothing. Rows of
 * vendors without a signal that a refused call flipped get another chance each day.
 */
export async function checkLifecycle(env: Env, today: string): Promise<void> {
  const keys = configured(env);
  for (const vendor of signalling) {
    if (!keys[vendor]) continue;
    try {
      for (const [id, learnt] of await signalOf(env, vendor)) {
        if (learnt === null) await house(env).forgetModel(id);
        else await house(env).learnModel(id, { ...learnt, checkedOn: today });
      }
    } catch {
      console.error('lifecycle check failed', vendor);
    }
  }
  const asked: readonly string[] = signalling;
  for (const id of Object.keys(await house(env).modelStates())) {
    const model = catalogue.find((row) => row.id === id);
    if (model === undefined || !asked.includes(model.vendor)) await house(env).forgetModel(id);
  }
  forgetLearnt();
}

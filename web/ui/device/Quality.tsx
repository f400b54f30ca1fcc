import { RadioGroup } from '@kobalte/core/radio-group';
import { For, Show } from 'solid-js';
import { TIERS, type Tier } from '../../core/segmentation/tiers.ts';
import { useApp } from '../app-state.ts';
import device from './DevicePlace.module.css';
import css from './Quality.module.css';
import { describeSpeed, TIER_TEXTS } from './quality-text.ts';

/** How thoroughly photos are prepared for clicks. */
export function Quality() {
  const { quality, segmenter, run, variants } = useApp().workshop;
  const hasRun = () => run.state().kind !== 'idle';
  const made = () => variants.counts().done + variants.outdated();
  return (
    <section class={device.section} aria-label="Quality of masks">
      <h2>Quality of masks</h2>
      <p class={device.quiet}>
        How thoroughly each photo is prepared, once, before it can be clicked. Photos prepared in
        another quality are kept: choosing it back costs nothing.
      </p>
      <RadioGroup
        class={css.group}
        aria-label="Quality of masks"
        value={quality.tier()}
        disabled={hasRun()}
        onChange={(tier) => quality.setTier(tier as Tier)}
      >
        <For each={TIERS}>
          {(tier) => (
            <RadioGroup.Item class={css.item} value={tier}>
              <RadioGroup.ItemInput class={css.input} />
              <RadioGroup.ItemControl class={css.control}>
                <RadioGroup.ItemIndicator class={css.dot} />
              </RadioGroup.ItemControl>
              <div>
                <RadioGroup.ItemLabel class={css.label}>
                  {TIER_TEXTS[tier].name}{' '}
                  <span class={css.speed}>{describeSpeed(tier, segmenter.speeds())}</span>
                </RadioGroup.ItemLabel>
                <RadioGroup.ItemDescription class={css.text}>
                  {TIER_TEXTS[tier].meaning}
                </RadioGroup.ItemDescription>
              </div>
            </RadioGroup.Item>
          )}
        </For>
      </RadioGroup>
      <Show when={hasRun()}>
        <p class={device.quiet}>Finish or cancel the run to change it.</p>
      </Show>
      <Show when={!hasRun() && made() > 0}>
        <p class={device.quiet}>
          Variants belong to the quality they were made in: after a change the others count as out
          of date until you choose it back or generate again.
        </p>
      </Show>
    </section>
  );
}

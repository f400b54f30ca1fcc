import { type Accessor, createSignal } from 'solid-js';
import { DEFAULT_TIER, isTier, type Tier } from '../core/segmentation/tiers.ts';
import type { Database } from '../storage/database.ts';
import { getSetting, putSetting } from '../storage/settings.ts';

/** How thoroughly photos are prepared for clicks: speed against detail. */
export interface Quality {
  readonly tier: Accessor<Tier>;
  /** Photos are prepared anew in the other tier; what the old one made is kept. */
  setTier(tier: Tier): void;
  load(): Promise<void>;
}

const SETTING = 'quality';

export function createQuality(database: Database): Quality {
  const [tier, setTier] = createSignal<Tier>(DEFAULT_TIER);
  return {
    tier,
    setTier(next) {
      setTier(next);
      void putSetting(database, SETTING, next);
    },
    async load() {
      const kept = await getSetting(database, SETTING);
      if (kept.ok && isTier(kept.value)) setTier(kept.value);
    },
  };
}

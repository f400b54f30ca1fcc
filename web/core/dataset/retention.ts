/** How long things are kept, in days; null is for ever. */
export interface RetentionSettings {
  readonly variantDays: number | null;
  readonly photoDays: number | null;
  /** Days between the reminder and the removal, at least. */
  readonly noticeDays: number;
}

/** Nothing is removed unless the user asks for it. */
export const KEEP_FOR_EVER: RetentionSettings = {
  variantDays: null,
  photoDays: null,
  noticeDays: 7,
};

/** What the settings may be, in days. */
export const RETENTION_RANGES = {
  days: { min: 1, max: 3650 },
  noticeDays: { min: 1, max: 60 },
} as const;

/** How long something has been here; times are milliseconds since 1970. */
export interface Age {
  /** When it was first seen, or the user last chose to keep it. */
  readonly keptSince: number;
  /** When the user was shown that it will be removed; null when not yet. */
  readonly remindedAt: number | null;
}

/** What is to be done about one thing now. */
export type Verdict =
  | { readonly kind: 'keep' }
  /** The reminder is to be shown; `removeAt` is when it would go if it is shown now. */
  | { readonly kind: 'remind'; readonly removeAt: number }
  /** The reminder was shown and goes on being shown. */
  | { readonly kind: 'wait'; readonly removeAt: number }
  | { readonly kind: 'remove' };

const DAY = 86_400_000;

/**
 * Decides about one thing. It is removed only when its days are over and the reminder was shown
 * at least `noticeDays` ago, however long the app was closed and whatever the clock did: a time
 * in the future (the clock was set back) counts as now, and as no reminder.
 *
 * @param days how long it is kept; null is for ever
 */
export function retentionVerdict(
  age: Age,
  days: number | null,
  noticeDays: number,
  now: number,
): Verdict {
  if (days === null) return { kind: 'keep' };
  const over = Math.min(age.keptSince, now) + days * DAY;
  if (now < over - noticeDays * DAY) return { kind: 'keep' };
  const { remindedAt } = age;
  if (remindedAt === null || remindedAt > now) {
    return { kind: 'remind', removeAt: Math.max(over, now + noticeDays * DAY) };
  }
  const removeAt = Math.max(over, remindedAt + noticeDays * DAY);
  return now < removeAt ? { kind: 'wait', removeAt } : { kind: 'remove' };
}

/** Settings as they were stored, put into their ranges; whatever is not a number is for ever. */
export function readRetention(value: unknown): RetentionSettings {
  const stored = (typeof value === 'object' && value !== null ? value : {}) as Partial<
    Record<keyof RetentionSettings, unknown>
  >;
  const days = (raw: unknown) =>
    typeof raw === 'number' && Number.isFinite(raw) ? clamp(raw, RETENTION_RANGES.days) : null;
  return {
    variantDays: days(stored.variantDays),
    photoDays: days(stored.photoDays),
    noticeDays:
      typeof stored.noticeDays === 'number' && Number.isFinite(stored.noticeDays)
        ? clamp(stored.noticeDays, RETENTION_RANGES.noticeDays)
        : KEEP_FOR_EVER.noticeDays,
  };
}

function clamp(value: number, { min, max }: { readonly min: number; readonly max: number }) {
  return Math.min(max, Math.max(min, Math.round(value)));
}

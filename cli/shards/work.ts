import type { PlacedEntry } from '../inputs/open-inputs.ts';
import type { PhotoMaker } from '../photos/contract.ts';
import type { PhotoSetting } from '../photos/make-photo.ts';
import type { Report } from '../report/events.ts';
import type { Store } from '../stores/store.ts';
import type { WorkIdentity } from './records.ts';
import type { Shard } from './shard.ts';

/** What a worker does: its shard's photos, one record and a few objects each. */
export interface ShardWork {
  readonly shard: Shard;
  readonly identity: WorkIdentity;
  /** Of the recipe file; merging reads it from here. */
  readonly recipe: string;
  /** This shard's files. */
  readonly entries: readonly PlacedEntry[];
  readonly store: Store;
  readonly maker: PhotoMaker;
  /** What makes keys; the maker has the same. */
  readonly plan: Pick<PhotoSetting, 'templates' | 'output' | 'modelHash'>;
  /** Whether what earlier workers left is used. Without it everything is made anew. */
  readonly resume: boolean;
  readonly report: Report;
  readonly now: () => number;
  /** Stops at the next photo; those in hand are finished and kept. */
  readonly signal: AbortSignal;
}

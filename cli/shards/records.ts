import type { OutputFormat } from '../../web/core/dataset/image-format.ts';
import type { Photo } from '../../web/core/dataset/photo.ts';
import type { Variant } from '../../web/core/dataset/variant.ts';
import type { ModelRecord } from '../../web/core/export/manifest.ts';
import type { PhotoFacts } from '../photos/contract.ts';
import { Failure } from '../problem.ts';
import type { Shard } from './shard.ts';

/*
 * What a worker leaves behind, below its shard's folder:
 *
 *   shard.json               what was worked on, and whether it is complete (ShardHeader)
 *   recipe.json              the recipe's text
 *   photos.jsonl             one line a file of the shard (FileRow), when it is complete
 *   records/HH/HASH.json     one photo with its variants (PhotoRecord), written after its objects
 *   objects/HH/HASH.EXT      pictures and masks, named by their own SHA-256
 */

/** Raised when a worker's files change their form; others are not read. */
export const FORM = 1;

/** Everything of one photo, under its hash. It does not know the photo's name: names may change. */
export interface PhotoRecord {
  readonly facts: PhotoFacts;
  readonly variants: readonly Variant[];
}

/** One file of the listing that is this shard's. */
export interface FileRow {
  /** Place in the whole listing, from 0. */
  readonly position: number;
  readonly path: string;
  /** The content key it was listed with; null when there was none. */
  readonly contentKey: string | null;
  /** SHA-256 of the file; null when it could not be read. */
  readonly sha256: string | null;
  /** Why it is no photo; null when it is one. */
  readonly refused: { readonly message: string; readonly next: string } | null;
}

/** What must be the same in all shards of one dataset. */
export interface WorkIdentity {
  readonly form: typeof FORM;
  readonly app: string;
  readonly model: ModelRecord;
  /** SHA-256 of the recipe as it was understood, hex. */
  readonly recipe: string;
  /** SHA-256 over the paths and content keys of the whole listing, hex. */
  readonly listing: string;
}

export interface ShardHeader {
  readonly shard: Shard;
  readonly identity: WorkIdentity;
  readonly isComplete: boolean;
}

export const HEADER = 'shard.json';
export const RECIPE = 'recipe.json';
export const FILES = 'photos.jsonl';

export function recordName(photo: string): string {
  return `records/${photo.slice(0, 2)}/${photo}.json`;
}

export function objectName(sha256: string, extension: OutputFormat): string {
  return `objects/${sha256.slice(0, 2)}/${sha256}.${extension}`;
}

/** One line of `photos.jsonl`. */
export interface FileLine {
  readonly file: FileRow;
  /** Null for a refused file, and where an earlier line has the same photo. */
  readonly record: PhotoRecord | null;
}

/**
 * Reads what a worker wrote.
 * @throws Failure when it is damaged
 */
export function readJson<Value>(text: string, where: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch {
    throw new Failure(
      'input',
      `${where} is damaged.`,
      'Run its shard again without --resume, then go on.',
    );
  }
}

/** The photo of a record under the name that a file has. */
export function photoOf({ facts }: PhotoRecord, { path, position }: FileRow): Photo {
  const slash = path.lastIndexOf('/');
  return {
    ...facts,
    name: path.slice(slash + 1),
    folder: slash < 0 ? '' : path.slice(0, slash),
    order: position,
  };
}

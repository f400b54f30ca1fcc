import type { Photo } from '../dataset/photo.ts';
import type { Template } from '../dataset/template.ts';
import type { DoneVariant } from '../dataset/variant.ts';
import type { OutputSettings } from '../export/recipe.ts';

/** One file of a project file, and what its bytes must hash to. */
export interface ProjectEntry {
  readonly path: string;
  readonly bytes: number;
  /** SHA-256, lower-case hex. */
  readonly sha256: string;
}

/** A template with its place in the list. */
export interface OrderedTemplate extends Template {
  readonly order: number;
}

/**
 * `project.json`, the last entry of a project file: everything of a project but its pictures and
 * masks, and the hashes of those. It holds no time and no place, so that the same project gives
 * the same bytes.
 *
 * | path                          | holds                                    |
 * | ----------------------------- | ---------------------------------------- |
 * | `photos/HASH`                 | a photo's file as it came in             |
 * | `thumbnails/HASH`             | its small picture                        |
 * | `given/N.json`                | the given masks of template N            |
 * | `outputs/KEY/image` and so on | a result's picture, mask and thumbnail   |
 */
export interface ProjectManifest {
  readonly maskwrightProject: 1;
  /** What wrote it, such as `Maskwright 0.1.0`. */
  readonly app: string;
  readonly photos: readonly Photo[];
  readonly templates: readonly OrderedTemplate[];
  readonly output: OutputSettings;
  /** The user's presets as a preset file; null when there are none. */
  readonly presets: string | null;
  /** Results, where the user wanted them in. */
  readonly variants: readonly DoneVariant[];
  readonly files: readonly ProjectEntry[];
}

export const PROJECT_MANIFEST = 'project.json';

/** What a project file holds, for asking whether to take it. */
export interface ProjectSummary {
  readonly photos: number;
  readonly templates: number;
  readonly results: number;
  /** Of all pictures and masks. */
  readonly bytes: number;
}

export function summaryOf(manifest: ProjectManifest): ProjectSummary {
  return {
    photos: manifest.photos.length,
    templates: manifest.templates.length,
    results: manifest.variants.length,
    bytes: manifest.files.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

export const photoPath = (hash: string) => `photos/${hash}`;
export const thumbnailPath = (hash: string) => `thumbnails/${hash}`;
export const givenPath = (index: number) => `given/${index}.json`;
export const outputPath = (key: string, role: string) => `outputs/${key}/${role}`;

import type { Persistence, StorageKind } from '../../workshop/storage-meter.ts';

interface StorageText {
  readonly name: string;
  readonly what: string;
  /** On the button, and as the dialog's question. */
  readonly clear: string;
  /** What is lost for good, and what can be made again. */
  readonly lost: string;
}

/** In the order in which they are shown: what is the user's own comes first. */
export const STORAGE_KINDS: readonly StorageKind[] = [
  'photos',
  'variants',
  'templates',
  'embeddings',
  'models',
  'archives',
  'removedPhotos',
];

export const STORAGE_TEXT: Readonly<Record<StorageKind, StorageText>> = {
  photos: {
    name: 'Photos',
    what: 'the files as they came in',
    clear: 'Remove all photos',
    lost: 'The photos leave the dataset, and at the next start their variants are deleted too. The files on your disk stay as they are. For a few seconds it can be undone.',
  },
  variants: {
    name: 'Variants',
    what: 'pictures and masks that were generated',
    clear: 'Delete all results',
    lost: 'Variants and masks made so far are deleted for good. Photos and templates stay, so everything can be generated again.',
  },
  templates: {
    name: 'Templates',
    what: 'clicks, edits and imported masks',
    clear: 'Delete all templates',
    lost: 'Clicks, edits and imported masks cannot be made again by themselves. For a few seconds it can be undone; a downloaded recipe or project file keeps a copy.',
  },
  embeddings: {
    name: 'Prepared photos',
    what: 'so that clicks are answered at once',
    clear: 'Delete prepared photos',
    lost: 'Nothing is lost: photos are prepared again when they are needed, some seconds each.',
  },
  models: {
    name: 'Model and engine',
    what: 'so that it works without a network',
    clear: 'Delete the model files',
    lost: 'They are fetched again at the next start, which then needs the network once.',
  },
  archives: {
    name: 'Finished ZIPs',
    what: 'left from downloads, until the next one',
    clear: 'Delete finished ZIPs',
    lost: 'Nothing is lost once a download has ended: the ZIP is in your downloads, and can be written again.',
  },
  removedPhotos: {
    name: 'Removed photos',
    what: 'kept until the next start, so that it can be undone',
    clear: 'Delete removed photos',
    lost: 'Photos that were removed from the dataset, and their variants, are deleted for good. It can no longer be undone.',
  },
};

export const PERSISTENCE_TEXT: Readonly<Record<Persistence, string>> = {
  persistent: 'This browser keeps all of it until you delete it.',
  'best-effort':
    'This browser may delete all of it when the device runs full. Ask it to keep the data.',
  refused:
    'This browser did not agree to keep it for certain. Install the app or bookmark this page, then ask again; and download what matters.',
  unknown: 'This browser does not say whether it keeps data for certain. Download what matters.',
};

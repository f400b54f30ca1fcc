import type { ImageFormat } from './image-format.ts';
import type { Damage, ForeignKind, ImageProblem, UnsupportedFeature } from './image-problem.ts';
import type { ImageWarning } from './image-warning.ts';

/** A problem in plain words: what happened, naming the file, and what to do about it. */
export interface ProblemText {
  readonly message: string;
  readonly next: string;
}

const FORMAT: Readonly<Record<ImageFormat, string>> = { jpeg: 'JPEG', png: 'PNG', webp: 'WebP' };

const CONVERT = 'Save it as JPEG, PNG or WebP and add that file.';
const UNPACK = 'Unpack it and add the photos or their folder.';

const FOREIGN: Readonly<Record<ForeignKind, readonly [what: string, next: string]>> = {
  gif: ['a GIF picture', CONVERT],
  heic: ['a HEIC photo', 'Export it from your photo app as JPEG and add that file.'],
  avif: ['an AVIF picture', CONVERT],
  tiff: ['a TIFF picture', CONVERT],
  bmp: ['a BMP picture', CONVERT],
  svg: ['an SVG drawing', CONVERT],
  'jpeg-xl': ['a JPEG XL picture', CONVERT],
  'jpeg-2000': ['a JPEG 2000 picture', CONVERT],
  photoshop: ['a Photoshop document', CONVERT],
  icon: ['an icon file', CONVERT],
  'camera-raw': ['a camera raw file', 'Develop it to JPEG or PNG and add that file.'],
  pdf: ['a PDF document', 'Export its pages as PNG or JPEG and add those.'],
  zip: ['a ZIP archive', UNPACK],
  gzip: ['a gzip archive', UNPACK],
  rar: ['a RAR archive', UNPACK],
  '7z': ['a 7-Zip archive', UNPACK],
  video: ['a video', 'Export single frames as JPEG or PNG and add those.'],
  html: ['a web page', 'Open it in a browser, save the picture itself and add that file.'],
  text: ['a text file', 'Check that the right file was chosen.'],
  unknown: ['not a picture format that is known here', CONVERT],
};

const UNSUPPORTED: Readonly<Record<UnsupportedFeature, readonly [what: string, next: string]>> = {
  'cmyk-jpeg': ['a JPEG in print colours (CMYK)', 'Save it in RGB and add that file.'],
  '12-bit-jpeg': ['a JPEG with 12 bits a channel', 'Save it with 8 bits a channel, or as PNG.'],
  'lossless-jpeg': ['a lossless JPEG', 'Save it as PNG and add that file.'],
  'arithmetic-jpeg': ['an arithmetic-coded JPEG', 'Save it as an ordinary JPEG or as PNG.'],
  'two-component-jpeg': ['a JPEG with an unusual number of channels', 'Save it as PNG.'],
};

const DAMAGE: Readonly<Record<Damage, string>> = {
  'cut-off': 'it ends before the picture does',
  header: 'its header cannot be read',
  checksum: 'a checksum inside it does not match',
  pixels: 'its picture data is broken',
};

/**
 * Says what is wrong with `fileName` and what the user can do, in two plain sentences.
 * @param fileName as the user knows it; shown, never interpreted.
 */
export function describeImageProblem(problem: ImageProblem, fileName: string): ProblemText {
  const file = `“${fileName}”`;
  switch (problem.kind) {
    case 'empty-file':
      return { message: `${file} is empty (0 bytes).`, next: 'Copy it again from where it came.' };
    case 'not-an-image': {
      const [what, next] = FOREIGN[problem.found];
      return { message: `${file} is ${what}.`, next };
    }
    case 'unsupported': {
      const [what, next] = UNSUPPORTED[problem.what];
      return { message: `${file} is ${what}, which cannot be read here.`, next };
    }
    case 'damaged':
      return {
        message: `${file} is a damaged ${FORMAT[problem.format]}: ${DAMAGE[problem.what]}.`,
        next: 'Copy it again from the camera or a backup, or open it in an editor and save it anew.',
      };
    case 'too-many-bytes':
      return {
        message: `${file} has ${megabytes(problem.bytes)}; the limit is ${megabytes(problem.limit)}.`,
        next: 'Save a smaller version of it, or raise the limit on the Device page.',
      };
    case 'too-many-pixels':
      return {
        message:
          `${file} is ${problem.width} × ${problem.height}, ` +
          `${megapixels(problem.width * problem.height)}; the limit is ${megapixels(problem.limit)}.`,
        next: 'Scale it down, or raise the limit on the Device page.',
      };
    case 'too-many-images':
      return {
        message: `${file} was left out: the dataset holds ${problem.limit} photos already.`,
        next: 'Remove photos you do not need, or raise the limit on the Device page.',
      };
    case 'duplicate':
      return {
        message: `${file} is the same photo as “${problem.of}”, byte for byte.`,
        next: 'Nothing to do: the photo is in the dataset once.',
      };
    case 'unreadable-file':
      return {
        message: `${file} could not be read from the disk.`,
        next: 'Check that it is still there and may be opened, then add it again.',
      };
    case 'out-of-memory':
      return {
        message: `There was not enough memory to open ${file}.`,
        next: 'Close other tabs and try again, or scale the photo down.',
      };
    case 'storage-full':
      return {
        message: `${file} was not saved: this browser’s storage is full.`,
        next: 'Delete old runs or datasets, or free space on the disk, then add it again.',
      };
    case 'not-saved':
      return {
        message: `${file} was not saved: the browser’s storage did not answer (${problem.what}).`,
        next: 'Reload the page and add it again; what was saved before is kept.',
      };
    case 'unreadable-archive':
      return {
        message: `${file} cannot be read as a ZIP archive.`,
        next: 'Unpack it with another program and add the folder.',
      };
    case 'archive-without-photos':
      return {
        message: `${file} holds no files that could be photos.`,
        next: 'Check that the right archive was chosen.',
      };
    case 'encrypted':
      return {
        message: `${file} is protected by a password.`,
        next: 'Unpack the archive with its password and add the folder.',
      };
    case 'unsafe-name':
      return {
        message: `${file} has a name that points outside its archive, so it was left out.`,
        next: 'Do not trust this archive; if you know its origin, unpack it and add the photo.',
      };
    case 'nested-archive':
      return {
        message: `${file} is an archive inside an archive.`,
        next: 'Unpack the outer archive, then add this one by itself.',
      };
    case 'unsupported-compression':
      return {
        message: `${file} is packed in a way that cannot be read here.`,
        next: 'Unpack the archive and add the folder.',
      };
  }
}

/** Says what was done to `fileName` on its way in. */
export function describeImageWarning(warning: ImageWarning, fileName: string): string {
  const file = `“${fileName}”`;
  switch (warning.kind) {
    case 'animated':
      return `${file} is animated; its first picture is used.`;
    case 'reduced-to-8-bits':
      return `${file} has 16 bits a channel; 8 of them are used.`;
    case 'wrong-extension':
      return `${file} is really a ${FORMAT[warning.actual]} file; it is read as one.`;
  }
}

function megabytes(bytes: number): string {
  return `${rounded(bytes / (1024 * 1024))} MB`;
}

function megapixels(pixels: number): string {
  return `${rounded(pixels / 1e6)} megapixels`;
}

/** One decimal below 100, upwards so that a value over a limit never reads as the limit. */
function rounded(value: number): string {
  return value < 100 ? String(Math.ceil(value * 10 - 1e-9) / 10) : String(Math.ceil(value - 1e-9));
}

import type { ImageProblem, UnsupportedFeature } from '../../core/dataset/image-problem.ts';
import { fail, ok, type Result } from '../../core/flow/result.ts';
import type { Orientation } from '../../core/raster/orient.ts';
import { hasText, viewOf } from '../bytes.ts';
import { exifOrientation } from './exif-orientation.ts';
import { damaged, type ImageHeader } from './image-header.ts';

/** One marker segment before the first scan; `start`…`end` is its payload. */
export interface JpegSegment {
  readonly marker: number;
  readonly start: number;
  readonly end: number;
}

export const APP1 = 0xe1;
export const APP2 = 0xe2;
const EOI = 0xd9;
const SOS = 0xda;

/**
 * Progressive encoders write about ten scans. Every scan is a pass over the whole picture, and one
 * that says nothing takes a few bytes: a small file of many thousands would keep the decoder busy
 * for hours (libjpeg-turbo's fuzzers stop at 500).
 */
const MAX_SCANS = 100;

/** The frame of a JPEG, as its SOF segment has it. */
export interface JpegHeader extends ImageHeader {
  readonly format: 'jpeg';
  /** All channels come in one sequential scan: the plainest kind of JPEG. */
  readonly singleScan: boolean;
  /** Whether an end marker follows the last scan. */
  readonly ended: boolean;
}

/**
 * Reads size, kind and EXIF orientation of a JPEG from its marker segments.
 * Format: ITU-T T.81 annex B.
 */
export function parseJpegHeader(bytes: Uint8Array): Result<JpegHeader, ImageProblem> {
  let frame: JpegSegment | null = null;
  let scan: JpegSegment | null = null;
  let orientation: Orientation | null = null;
  for (const segment of jpegSegments(bytes)) {
    if (isFrame(segment.marker)) frame ??= segment;
    if (segment.marker === SOS) scan = segment;
    if (segment.marker === APP1 && hasText(bytes, segment.start, 'Exif\0\0')) {
      orientation ??= exifOrientation(bytes.subarray(segment.start, segment.end));
    }
  }
  if (!scan) return damaged('jpeg', 'cut-off');
  if (!frame || frame.end - frame.start < 6) return damaged('jpeg', 'header');
  const view = viewOf(bytes);
  const components = view.getUint8(frame.start + 5);
  const bits = view.getUint8(frame.start);
  const height = view.getUint16(frame.start + 1);
  const width = view.getUint16(frame.start + 3);
  const unsupported = unsupportedFeature(frame.marker, bits, components);
  if (unsupported) return fail({ kind: 'unsupported', what: unsupported });
  if (width === 0 || height === 0) return damaged('jpeg', 'header');
  const { scans, ended } = walkScans(bytes, scan.end);
  if (scans > MAX_SCANS) return damaged('jpeg', 'pixels');
  const sequential = frame.marker === 0xc0 || frame.marker === 0xc1;
  return ok({
    format: 'jpeg',
    width,
    height,
    orientation: orientation ?? 1,
    bitsPerChannel: bits,
    animated: false,
    singleScan: sequential && bytes[scan.start] === components,
    ended,
  });
}

/** The marker segments up to and including the first start of scan. Stops at nonsense. */
export function* jpegSegments(bytes: Uint8Array): Generator<JpegSegment> {
  const view = viewOf(bytes);
  let offset = 2;
  while (offset + 4 <= bytes.length) {
    if (bytes[offset] !== 0xff) return;
    const marker = bytes[offset + 1];
    if (marker === 0xff) {
      offset += 1;
      continue;
    }
    if (marker === EOI || marker === 0) return;
    const length = view.getUint16(offset + 2);
    const end = offset + 2 + length;
    if (length < 2 || end > bytes.length) return;
    yield { marker, start: offset + 4, end };
    if (marker === SOS) return;
    offset = end;
  }
}

/**
 * Walks entropy-coded data and the segments between scans until the end marker.
 * @param scanData after the header of the first scan
 */
function walkScans(
  bytes: Uint8Array,
  scanData: number,
): { readonly scans: number; readonly ended: boolean } {
  const view = viewOf(bytes);
  let offset = scanData;
  let scans = 1;
  while (true) {
    offset = bytes.indexOf(0xff, offset);
    if (offset < 0 || offset + 1 >= bytes.length) return { scans, ended: false };
    const marker = bytes[offset + 1];
    if (marker === EOI) return { scans, ended: true };
    if (marker === SOS) scans += 1;
    const insideScan = marker === 0 || marker === 0xff || (marker >= 0xd0 && marker <= 0xd7);
    if (insideScan) {
      offset += marker === 0xff ? 1 : 2;
    } else {
      if (offset + 4 > bytes.length) return { scans, ended: false };
      offset += 2 + view.getUint16(offset + 2);
    }
  }
}

/** SOF0…SOF15, without the three codes in that range that mean DHT, JPG and DAC. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function unsupportedFeature(
  marker: number,
  bits: number,
  components: number,
): UnsupportedFeature | null {
  // T.81 table B.1: SOF3, 5–7, 11 and 13–15 are lossless or hierarchical, 9 and 10 arithmetic.
  if (marker === 0xc9 || marker === 0xca) return 'arithmetic-jpeg';
  if (marker > 0xc2) return 'lossless-jpeg';
  if (bits !== 8) return '12-bit-jpeg';
  // The codec has no CMYK conversion, and a right one needs colour management.
  if (components === 4) return 'cmyk-jpeg';
  return components === 1 || components === 3 ? null : 'two-component-jpeg';
}

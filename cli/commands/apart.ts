import { isAbsolute, relative, sep } from 'node:path';
import { Failure } from '../problem.ts';
import { isS3 } from '../s3/address.ts';

/**
 * An output among the photos would be photos of the next run, also of one that only goes on.
 * @param inputs as typed; lists and addresses of the web hold no output
 * @throws Failure when the output is an input, or lies below one
 */
export function requireApart(output: string, inputs: readonly string[]): void {
  const around = inputs.find((input) => isWithin(output, input));
  if (around === undefined) return;
  throw new Failure(
    'usage',
    `${output} lies where the photos are, in ${around}.`,
    'Choose another place with -o; the next run would take it for photos.',
  );
}

function isWithin(place: string, input: string): boolean {
  if (isS3(place) || isS3(input)) {
    const [inner, outer] = [place, input].map((address) => `${address.replace(/\/+$/, '')}/`);
    return inner.startsWith(outer);
  }
  const way = relative(input, place);
  return !isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`);
}

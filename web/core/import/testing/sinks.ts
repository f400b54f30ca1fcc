import type { AnnotationFault } from '../annotation-problem.ts';
import type { FoundMask, ImportSink } from '../found-mask.ts';

/** A sink that keeps what it is told. */
export function keepingSink() {
  const masks: FoundMask[] = [];
  const problems: { readonly place: string; readonly fault: AnnotationFault }[] = [];
  const counts = { others: 0 };
  const sink: ImportSink = {
    mask: (found) => masks.push(found),
    other: () => {
      counts.others += 1;
    },
    problem: (place, fault) => problems.push({ place, fault }),
  };
  return { masks, problems, counts, sink };
}

/** What a command tells while it works: a bar, lines, or `--json`, one event a line. */
export type RunnerEvent =
  | { readonly event: 'listed'; readonly files: number; readonly shard: string | null }
  /** Files whose content is not known without reading are read once to find this shard's. */
  | { readonly event: 'sorting'; readonly done: number; readonly total: number }
  | {
      readonly event: 'start';
      readonly photos: number;
      readonly threads: number;
      readonly backend: string;
    }
  | {
      readonly event: 'photo';
      readonly file: string;
      /** Variants made now, already there, and failed. */
      readonly made: number;
      readonly kept: number;
      readonly failed: number;
      readonly done: number;
      readonly total: number;
      /** Photos a second over the recent past; null before the second. */
      readonly rate: number | null;
      readonly secondsLeft: number | null;
    }
  /** Something is wrong with one file, or one variant of it; the rest goes on. */
  | {
      readonly event: 'trouble';
      readonly file: string;
      readonly message: string;
      readonly next: string;
    }
  | { readonly event: 'note'; readonly message: string }
  | { readonly event: 'writing'; readonly files: number; readonly totalFiles: number }
  | {
      readonly event: 'end';
      readonly where: string;
      readonly photos: number;
      readonly variants: number;
      readonly failed: number;
      readonly refused: number;
      readonly seconds: number;
    }
  /** The command could not go on; the exit code is `code`. */
  | {
      readonly event: 'error';
      readonly code: number;
      readonly message: string;
      readonly next: string;
    };

export type Report = (event: RunnerEvent) => void;

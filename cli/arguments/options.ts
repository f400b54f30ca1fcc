/** One option of a command line, for reading and for the help text. */
export interface Option {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly multiple?: boolean;
  /** What stands for the value in the help text, such as `N`. */
  readonly value?: string;
  readonly help: string;
}

export interface CommandSyntax {
  /** Arguments in the help text, such as `RECIPE PHOTOS…`. */
  readonly positionals: string;
  readonly least: number;
  readonly most: number;
  readonly summary: string;
  readonly options: Readonly<Record<string, Option>>;
}

const json: Option = { type: 'boolean', help: 'tell progress as one JSON event a line on stdout' };
const quiet: Option = { type: 'boolean', help: 'tell nothing but trouble' };
const endpoint: Option = {
  type: 'string',
  value: 'URL',
  help: 'S3-compatible service for s3:// (else AWS_ENDPOINT_URL, else Amazon)',
};
const exact: Option = {
  type: 'boolean',
  help: 'the browser’s own WebAssembly: masks equal to the last bit, slower',
};
const provider: Option = {
  type: 'string',
  value: 'NAME',
  help: 'cpu (default), cuda or webgpu, where onnxruntime-node has it',
};

const allowBad: Option = {
  type: 'boolean',
  help: 'exit with 0, not 1, when some photos failed or were refused',
};

export const SYNTAX = {
  run: {
    positionals: 'RECIPE PHOTOS…',
    least: 2,
    most: Number.POSITIVE_INFINITY,
    summary: 'make every variant of every photo',
    options: {
      output: {
        type: 'string',
        short: 'o',
        value: 'PLACE',
        help: 'a .zip file, a folder, either as s3://bucket/…, or a presigned https://….zip',
      },
      shard: { type: 'string', value: 'I/N', help: 'only this part of the photos, such as 3/16' },
      threads: { type: 'string', value: 'N', help: 'photos side by side (default: cores)' },
      resume: { type: 'boolean', help: 'go on with what an earlier run left' },
      exact,
      provider,
      cache: {
        type: 'string',
        value: 'FOLDER',
        help: 'keep embeddings: no photo is encoded twice',
      },
      'max-file-mb': { type: 'string', value: 'N', help: 'refuse larger files (default 40)' },
      'max-megapixels': { type: 'string', value: 'N', help: 'refuse larger photos (default 100)' },
      'allow-bad-photos': allowBad,
      's3-endpoint': endpoint,
      json,
      quiet,
    },
  },
  merge: {
    positionals: 'SHARDS…',
    least: 1,
    most: Number.POSITIVE_INFINITY,
    summary: 'make one dataset of what shards left',
    options: {
      output: {
        type: 'string',
        short: 'o',
        value: 'PLACE',
        help: 'a .zip file, a folder, either as s3://bucket/…, or a presigned https://….zip',
      },
      'allow-bad-photos': allowBad,
      's3-endpoint': endpoint,
      json,
      quiet,
    },
  },
  segment: {
    positionals: 'PHOTO',
    least: 1,
    most: 1,
    summary: 'make one mask from clicks, in pixels of the upright photo',
    options: {
      output: { type: 'string', short: 'o', value: 'FILE', help: 'the mask, a PNG of 0 and 255' },
      point: { type: 'string', multiple: true, value: 'X,Y', help: 'a click on the object' },
      exclude: { type: 'string', multiple: true, value: 'X,Y', help: 'a click beside it' },
      box: { type: 'string', value: 'X0,Y0,X1,Y1', help: 'a box around it, before all clicks' },
      candidate: {
        type: 'string',
        value: 'auto|0…3',
        help: 'which of the model’s masks to take after the last click (default auto)',
      },
      exact,
      provider,
      tier: {
        type: 'string',
        value: 'NAME',
        help: 'quick, balanced, best or reference (default: the most accurate, reference)',
      },
      threads: { type: 'string', value: 'N', help: 'threads of the model (default: cores)' },
      's3-endpoint': endpoint,
      json,
    },
  },
  check: {
    positionals: 'RECIPE [PHOTOS…]',
    least: 1,
    most: Number.POSITIVE_INFINITY,
    summary: 'check a recipe and say what it would make',
    options: { 's3-endpoint': endpoint, json },
  },
} as const satisfies Readonly<Record<string, CommandSyntax>>;

export type CommandName = keyof typeof SYNTAX;

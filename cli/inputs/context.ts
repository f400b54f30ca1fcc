import type { ImportLimits } from '../../web/core/dataset/limits.ts';
import type { S3Client } from '../s3/client.ts';

/** What the sources of photos are read with. */
export interface InputContext {
  readonly limits: Pick<ImportLimits, 'fileBytes' | 'imagePixels'>;
  /** Made when the first `s3://` is met, so that nobody else needs credentials. */
  readonly s3: () => S3Client;
}

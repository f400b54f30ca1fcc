import { expose } from 'comlink';
import { createDatabase } from '../../storage/database.ts';
import { createArchiver } from './archive.ts';
import type { ArchiveApi } from './contract.ts';
import { openDiskSink } from './disk.ts';
import { openMemorySink } from './sink.ts';

const openSink = async () => (await openDiskSink()) ?? openMemorySink();

expose(createArchiver(createDatabase(), openSink) satisfies ArchiveApi);

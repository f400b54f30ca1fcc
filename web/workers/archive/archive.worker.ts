import { expose } from 'comlink';
import { createDatabase } from '../../storage/database.ts';
import { createArchiver } from './archive.ts';
import type { ArchiveApi } from './contract.ts';

expose(createArchiver(createDatabase()) satisfies ArchiveApi);

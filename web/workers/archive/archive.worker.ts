import { expose } from 'comlink';
import { loadWasmInBrowser } from '../../files/codecs/browser-wasm.ts';
import { createCodecs } from '../../files/codecs/codecs.ts';
import { createDatabase } from '../../storage/database.ts';
import { createArchiver } from './archive.ts';
import type { ArchiveApi } from './contract.ts';

const codecs = createCodecs(loadWasmInBrowser);
expose(createArchiver(createDatabase(), codecs) satisfies ArchiveApi);

import { expose } from 'comlink';
import { loadWasmInBrowser } from '../../files/codecs/browser-wasm.ts';
import { createCodecs } from '../../files/codecs/codecs.ts';
import { createAnnotationReader } from './annotations.ts';
import type { AnnotationsApi } from './contract.ts';

expose(createAnnotationReader(createCodecs(loadWasmInBrowser)) satisfies AnnotationsApi);

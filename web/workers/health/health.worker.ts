import { expose } from 'comlink';
import { createDatabase } from '../../storage/database.ts';
import { createHealth } from './health.ts';

expose(createHealth(createDatabase(), () => performance.now()));

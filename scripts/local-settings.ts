import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Gives the edge proxy its settings on this machine: makes `edge-proxy/.dev.vars` from the example
 * when there is none, and puts it beside the built Worker, where the preview reads it.
 *
 * @param root folder of the project
 * @param dist folder of the build, with the Worker in `maskwright/`
 */
export function provideLocalSettings(root: string, dist: string): void {
  const settings = join(root, 'edge-proxy/.dev.vars');
  if (!existsSync(settings)) copyFileSync(join(root, 'edge-proxy/.dev.vars.example'), settings);
  copyFileSync(settings, join(dist, 'maskwright/.dev.vars'));
}

import { registerSW } from 'virtual:pwa-register';
import type { Notices } from '../workshop/notices.ts';

/** Makes the app work offline and offers a new version when there is one. */
export function watchForUpdates(notices: Notices): void {
  const update = registerSW({
    onNeedRefresh() {
      notices.show({
        tone: 'info',
        message: 'A new version of Maskwright is ready.',
        action: { label: 'Reload', run: () => void update(true) },
      });
    },
  });
}

import { createSignal, onCleanup } from 'solid-js';
import { type AppState, PLACES, type Place } from '../ui/app-state.ts';

function fromAddress(): Place {
  const name = location.hash.replace(/^#\//, '');
  return PLACES.find((place) => place === name) ?? 'photos';
}

/** Where one is, kept in the address so that back, reload and links work offline too. */
export function createNavigation(): Pick<AppState, 'place' | 'go'> {
  const [place, setPlace] = createSignal<Place>(fromAddress());
  const onChange = () => setPlace(fromAddress());
  addEventListener('hashchange', onChange);
  onCleanup(() => removeEventListener('hashchange', onChange));
  return {
    place,
    go(next) {
      if (next !== fromAddress()) location.hash = `#/${next}`;
    },
  };
}

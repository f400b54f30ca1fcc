import { lazy, Match, onMount, Suspense, Switch } from 'solid-js';
import { AppContext, createAppState } from '../ui/app-state.ts';
import { createCommands } from '../ui/commands/commands.ts';
import { CommandContext, listenToKeys } from '../ui/commands/use-commands.ts';
import { PhotosPlace } from '../ui/photos/PhotosPlace.tsx';
import { Shell } from '../ui/shell/Shell.tsx';
import { createWorkshop } from '../workshop/workshop.ts';
import { createImports } from './imports.ts';
import { createNavigation } from './navigation.ts';
import { createServices } from './services.ts';
import { watchForUpdates } from './updates.ts';

// The first screen comes first; the others are there when they are opened.
const TemplatesPlace = lazy(async () => ({
  default: (await import('../ui/templates/TemplatesPlace.tsx')).TemplatesPlace,
}));
const VariantsPlace = lazy(async () => ({
  default: (await import('../ui/variants/VariantsPlace.tsx')).VariantsPlace,
}));
const HealthPlace = lazy(async () => ({
  default: (await import('../ui/health/HealthPlace.tsx')).HealthPlace,
}));
const DevicePlace = lazy(async () => ({
  default: (await import('../ui/device/DevicePlace.tsx')).DevicePlace,
}));

/** Joins services, state, commands and screens. */
export function App() {
  const workshop = createWorkshop(createServices());
  const app = createAppState(workshop, createNavigation(), createImports(workshop));
  const commands = createCommands(app);
  listenToKeys(commands);
  onMount(() => {
    // Not before the model has started: in Firefox 153 the engine's threads sometimes never came
    // up, most likely because their script was asked of a service worker that was just installing.
    void workshop.load().finally(() => watchForUpdates(workshop.notices));
  });

  return (
    <AppContext.Provider value={app}>
      <CommandContext.Provider value={commands}>
        <Shell steps={app.place() !== 'device'}>
          <Suspense>
            <Switch>
              <Match when={app.place() === 'photos'}>
                <PhotosPlace />
              </Match>
              <Match when={app.place() === 'templates'}>
                <TemplatesPlace />
              </Match>
              <Match when={app.place() === 'variants'}>
                <VariantsPlace />
              </Match>
              <Match when={app.place() === 'health'}>
                <HealthPlace />
              </Match>
              <Match when={app.place() === 'device'}>
                <DevicePlace />
              </Match>
            </Switch>
          </Suspense>
        </Shell>
      </CommandContext.Provider>
    </AppContext.Provider>
  );
}

import { type Accessor, createContext, createSignal, useContext } from 'solid-js';
import type { Workshop } from '../workshop/workshop.ts';

/** The places one can always go to. */
export const PLACES = ['photos', 'templates', 'variants', 'health', 'device'] as const;
export type Place = (typeof PLACES)[number];

/** What a click on the photo does. */
export type ClickTool = 'include' | 'exclude';

/** What the canvas lets others do with its view. */
export interface CanvasHandle {
  fit(): void;
  actualSize(): void;
  zoomBy(factor: number): void;
  /** Keys then aim and click on the photo. */
  focus(): void;
}

/** What is on the screen, as opposed to what is in the project. */
export interface AppState {
  readonly workshop: Workshop;
  readonly place: Accessor<Place>;
  go(place: Place): void;
  readonly tool: Accessor<ClickTool>;
  setTool(tool: ClickTool): void;
  readonly canvas: Accessor<CanvasHandle | null>;
  setCanvas(handle: CanvasHandle | null): void;
  readonly shortcutsOpen: Accessor<boolean>;
  setShortcutsOpen(open: boolean): void;
  /** On narrow screens the inspector is a sheet that can be put away. */
  readonly inspectorOpen: Accessor<boolean>;
  setInspectorOpen(open: boolean): void;
  /** Set when saving was tried and refused; shows the errors of the fields. */
  readonly saveTried: Accessor<boolean>;
  setSaveTried(tried: boolean): void;
  pickFiles(): void;
  pickFolder(): void;
  addSamples(): void;
}

export function createAppState(
  workshop: Workshop,
  navigation: Pick<AppState, 'place' | 'go'>,
  imports: Pick<AppState, 'pickFiles' | 'pickFolder' | 'addSamples'>,
): AppState {
  const [tool, setTool] = createSignal<ClickTool>('include');
  const [canvas, setCanvas] = createSignal<CanvasHandle | null>(null);
  const [shortcutsOpen, setShortcutsOpen] = createSignal(false);
  const [inspectorOpen, setInspectorOpen] = createSignal(true);
  const [saveTried, setSaveTried] = createSignal(false);
  return {
    workshop,
    ...navigation,
    ...imports,
    tool,
    setTool,
    canvas,
    setCanvas,
    shortcutsOpen,
    setShortcutsOpen,
    inspectorOpen,
    setInspectorOpen,
    saveTried,
    setSaveTried,
  };
}

export const AppContext = createContext<AppState>();

/** The app's state, anywhere below `AppContext.Provider`. */
export function useApp(): AppState {
  const app = useContext(AppContext);
  if (!app) throw new Error('useApp outside of AppContext.Provider');
  return app;
}

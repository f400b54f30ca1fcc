import { type Accessor, createSignal } from 'solid-js';
import { slug, unusedName } from '../core/dataset/names.ts';
import type { Preset } from '../core/edits/presets.ts';
import { mergePresets, parsePresets, presetsToJson } from '../core/export/preset-file.ts';
import { plural } from '../core/flow/format.ts';
import { saveBlob } from '../files/save.ts';
import { describeStorageProblem } from '../storage/problem.ts';
import { getSetting, putSetting } from '../storage/settings.ts';
import type { Notices } from './notices.ts';
import type { Services } from './services.ts';

/** The user's own presets. Names are unique; what is taken gets a number. */
export interface PresetLibrary {
  /** In the order in which they were saved. */
  readonly list: Accessor<readonly Preset[]>;
  load(): Promise<void>;
  /** @returns the name it got */
  add(preset: Preset): string;
  rename(name: string, to: string): void;
  /** Can be undone from the notice. */
  remove(name: string): void;
  /** Hands a small JSON file to the browser's downloads. */
  exportFile(presets: readonly Preset[]): void;
  /** Takes presets from a file that somebody shared. */
  importFile(file: Blob & { readonly name: string }): Promise<void>;
}

const PRESET_SETTING = 'presets';

export function createPresetLibrary(
  { database }: Pick<Services, 'database'>,
  notices: Notices,
): PresetLibrary {
  const [list, setList] = createSignal<readonly Preset[]>([]);

  function keep(next: readonly Preset[]): void {
    setList(next);
    void putSetting(database, PRESET_SETTING, presetsToJson(next)).then((kept) => {
      if (!kept.ok) notices.show({ tone: 'error', ...describeStorageProblem(kept.problem) });
    });
  }

  const nameBeside = (others: readonly Preset[], wanted: string) =>
    unusedName(wanted.trim() || 'Preset', new Set(others.map(({ name }) => name)));

  function add(preset: Preset): string {
    const name = nameBeside(list(), preset.name);
    keep([...list(), { ...preset, name }]);
    return name;
  }

  return {
    list,
    add,

    async load() {
      const stored = await getSetting(database, PRESET_SETTING);
      if (!stored.ok || typeof stored.value !== 'string') return;
      const read = parsePresets(stored.value);
      if (read.ok) setList(read.value);
    },

    rename(name, to) {
      const others = list().filter((preset) => preset.name !== name);
      const free = nameBeside(others, to);
      if (free === name) return;
      keep(list().map((preset) => (preset.name === name ? { ...preset, name: free } : preset)));
    },

    remove(name) {
      const at = list().findIndex((preset) => preset.name === name);
      const removed = list()[at];
      if (!removed) return;
      keep(list().filter((preset) => preset !== removed));
      notices.show({
        tone: 'info',
        message: `Preset “${name}” deleted.`,
        action: {
          label: 'Undo',
          run: () => {
            const back = { ...removed, name: nameBeside(list(), removed.name) };
            keep([...list().slice(0, at), back, ...list().slice(at)]);
          },
        },
      });
    },

    exportFile(presets) {
      const blob = new Blob([presetsToJson(presets)], { type: 'application/json' });
      saveBlob(blob, `${slug(presets.length === 1 ? presets[0].name : 'maskwright')}.presets.json`);
    },

    async importFile(file) {
      const read = parsePresets(await file.text());
      if (!read.ok) {
        const [{ path, message }] = read.problem;
        notices.show({
          tone: 'error',
          message: `${file.name} was not taken: ${path} ${message}.`,
          next: 'Choose a file that was saved with “Export” here.',
        });
        return;
      }
      const before = list().length;
      keep(mergePresets(list(), read.value));
      const added = list().length - before;
      notices.show(
        added > 0
          ? { tone: 'success', message: `${plural(added, 'preset')} added from ${file.name}.` }
          : { tone: 'info', message: `You have the presets of ${file.name} already.` },
      );
    },
  };
}

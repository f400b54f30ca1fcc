import { type Accessor, createSignal } from 'solid-js';
import { isAnswerable, type Template } from '../core/dataset/template.ts';
import { describeStorageProblem, type StorageProblem } from '../storage/problem.ts';
import type { StoredTemplate } from '../storage/schema.ts';
import { getSetting, putSetting } from '../storage/settings.ts';
import { deleteTemplate, listTemplates, putTemplate } from '../storage/templates.ts';
import type { Draft } from './editor/draft.ts';
import type { Notices } from './notices.ts';
import type { Services } from './services.ts';

/** Why a draft cannot be saved as it is; the text says what to do. */
export type SaveObstacle =
  | { readonly field: 'name' | 'className'; readonly message: string }
  | { readonly field: 'component'; readonly index: number; readonly message: string };

export interface TemplateLibrary {
  readonly list: readonly StoredTemplate[];
  readonly loaded: Accessor<boolean>;
  load(): Promise<void>;
  isSaved(id: string): boolean;
  obstacle(draft: Draft): SaveObstacle | null;
  /** Keeps a template; one that is on the list is replaced. */
  save(draft: Draft): Promise<boolean>;
  /** Resolves when every save under way has ended, so that `list` is what the user sees. */
  settled(): Promise<unknown>;
  remove(id: string): Promise<void>;
  /** The unsaved draft of an earlier visit. */
  recallDraft(): Promise<Draft | null>;
  keepDraft(draft: Draft | null): Promise<void>;
}

const DRAFT_SETTING = 'draft';

export function createTemplateLibrary(services: Services, notices: Notices): TemplateLibrary {
  const { database } = services;
  const [list, setList] = createSignal<readonly StoredTemplate[]>([]);
  const [loaded, setLoaded] = createSignal(false);

  let saving: Promise<unknown> = Promise.resolve();

  const report = (problem: StorageProblem) =>
    notices.show({ tone: 'error', ...describeStorageProblem(problem) });
  const find = (id: string) => list().find((template) => template.id === id);

  async function store(template: StoredTemplate): Promise<boolean> {
    const kept = await putTemplate(database, template);
    if (!kept.ok) {
      report(kept.problem);
      return false;
    }
    setList((templates) =>
      [...templates.filter(({ id }) => id !== template.id), template].sort(
        (a, b) => a.order - b.order,
      ),
    );
    return true;
  }

  return {
    get list() {
      return list();
    },
    loaded,
    isSaved: (id) => find(id) !== undefined,

    async load() {
      const stored = await listTemplates(database);
      if (stored.ok) setList(stored.value);
      else report(stored.problem);
      setLoaded(true);
    },

    obstacle(draft) {
      if (draft.name.trim() === '') {
        return { field: 'name', message: 'Give the template a name.' };
      }
      if (list().some(({ id, name }) => id !== draft.id && name === draft.name.trim())) {
        return { field: 'name', message: `There is already a template “${draft.name.trim()}”.` };
      }
      if (draft.className.trim() === '') {
        return { field: 'className', message: 'Give the object’s class, as a dataset names it.' };
      }
      const index = draft.components.findIndex((part) => !isAnswerable(draft.placement, part));
      if (index < 0) return null;
      return {
        field: 'component',
        index,
        message: `Click “${draft.components[index].name}” on the photo first.`,
      };
    },

    async save(draft) {
      const order = find(draft.id)?.order ?? (list().at(-1)?.order ?? -1) + 1;
      const template: Template = {
        ...draft,
        name: draft.name.trim(),
        className: draft.className.trim(),
      };
      const kept = store({ ...template, order });
      saving = Promise.all([saving, kept]);
      return kept;
    },

    settled: () => saving,

    async remove(id) {
      const removed = find(id);
      if (!removed) return;
      setList((templates) => templates.filter((template) => template.id !== id));
      const gone = await deleteTemplate(database, id);
      if (!gone.ok) report(gone.problem);
      notices.show({
        tone: 'info',
        message: `Template “${removed.name}” deleted.`,
        action: { label: 'Undo', run: () => void store(removed) },
      });
    },

    async recallDraft() {
      const read = await getSetting(database, DRAFT_SETTING);
      return read.ok && isDraft(read.value) ? read.value : null;
    },

    async keepDraft(draft) {
      const kept = await putSetting(database, DRAFT_SETTING, draft);
      if (!kept.ok) report(kept.problem);
    },
  };
}

function isDraft(value: unknown): value is Draft {
  return (
    typeof value === 'object' &&
    value !== null &&
    'components' in value &&
    Array.isArray(value.components) &&
    value.components.length > 0 &&
    'placement' in value
  );
}

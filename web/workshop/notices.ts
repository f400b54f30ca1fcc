import { type Accessor, createSignal } from 'solid-js';

export type NoticeTone = 'info' | 'success' | 'error';

export interface Notice {
  readonly id: number;
  readonly tone: NoticeTone;
  /** What happened. */
  readonly message: string;
  /** What to do next. */
  readonly next?: string | undefined;
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
}

export interface Notices {
  readonly list: Accessor<readonly Notice[]>;
  /**
   * Shows a notice. Errors stay until dismissed; the others go by themselves.
   * @returns its id
   */
  show(notice: Omit<Notice, 'id'>): number;
  dismiss(id: number): void;
}

const SECONDS_SHOWN: Record<NoticeTone, number | null> = { info: 8, success: 8, error: null };
const MOST_SHOWN = 4;

export function createNotices(): Notices {
  const [list, setList] = createSignal<readonly Notice[]>([]);
  let lastId = 0;

  function dismiss(id: number): void {
    setList((notices) => notices.filter((notice) => notice.id !== id));
  }

  return {
    list,
    dismiss,
    show(notice) {
      const id = ++lastId;
      setList((notices) => [
        ...notices.filter((other) => other.message !== notice.message).slice(1 - MOST_SHOWN),
        { ...notice, id },
      ]);
      const seconds = SECONDS_SHOWN[notice.tone];
      if (seconds !== null) setTimeout(() => dismiss(id), seconds * 1000);
      return id;
    },
  };
}

/** What the keyboard can do with a card; a card that cannot be removed has no `remove`. */
export interface CardActions {
  remove?: () => void;
  dismiss: () => void;
}

/** Marks the button of a card that has the focus while the arrows move. */
const CARD = 'data-card';

function cards(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(`[${CARD}]`)];
}

/** The card above or below: nearest to the middle of this one in the next row. */
function vertical(from: HTMLElement, down: boolean): HTMLElement | undefined {
  const here = from.getBoundingClientRect();
  const middle = here.left + here.width / 2;
  const placed = cards().map((card) => ({ card, box: card.getBoundingClientRect() }));
  const beyond = placed.filter(({ box }) =>
    down ? box.top >= here.bottom - 1 : box.bottom <= here.top + 1,
  );
  const row = down
    ? Math.min(...beyond.map(({ box }) => box.top))
    : Math.max(...beyond.map(({ box }) => box.top));
  return beyond
    .filter(({ box }) => Math.abs(box.top - row) < 2)
    .sort((a, b) => off(a.box, middle) - off(b.box, middle))[0]?.card;
}

function off(box: DOMRect, middle: number): number {
  return Math.abs(box.left + box.width / 2 - middle);
}

/** After a card has gone, the one that took its place has the focus. */
function focusAfter(index: number, act: () => void): void {
  act();
  requestAnimationFrame(() => {
    const left = cards();
    left[Math.min(index, left.length - 1)]?.focus();
  });
}

/** Arrows go from card to card, Delete removes the photo, D dismisses the finding. */
export function onCardKey(event: KeyboardEvent, actions: CardActions): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const card = (event.target as HTMLElement).closest<HTMLElement>(`[${CARD}]`);
  if (!card) return;
  const list = cards();
  const index = list.indexOf(card);
  const moves: Record<string, () => HTMLElement | undefined> = {
    ArrowLeft: () => list[index - 1],
    ArrowRight: () => list[index + 1],
    ArrowUp: () => vertical(card, false),
    ArrowDown: () => vertical(card, true),
  };
  const move = moves[event.key];
  if (move) move()?.focus();
  else if (event.key === 'Delete' && actions.remove) focusAfter(index, actions.remove);
  else if (event.key.toLowerCase() === 'd') focusAfter(index, actions.dismiss);
  else return;
  event.preventDefault();
}

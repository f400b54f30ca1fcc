import { type JSX, Show, splitProps } from 'solid-js';
import css from './Button.module.css';

interface ButtonProps extends JSX.ButtonHTMLAttributes<HTMLButtonElement> {
  /** `primary`: the one next step of the screen. `quiet`: no frame until it is pointed at. */
  kind?: 'primary' | 'plain' | 'quiet' | 'danger';
  icon?: JSX.Element;
}

export function Button(props: ButtonProps) {
  const [own, rest] = splitProps(props, ['kind', 'icon', 'children', 'class']);
  return (
    <button
      type="button"
      {...rest}
      class={`${css.button} ${css[own.kind ?? 'plain']} ${own.class ?? ''}`}
    >
      {own.icon}
      <Show when={own.children}>
        <span>{own.children}</span>
      </Show>
    </button>
  );
}

interface IconButtonProps extends JSX.ButtonHTMLAttributes<HTMLButtonElement> {
  /** Said by screen readers and shown as a tooltip, with the key if there is one. */
  label: string;
  shortcut?: string | undefined;
  pressed?: boolean;
  children: JSX.Element;
}

export function IconButton(props: IconButtonProps) {
  const [own, rest] = splitProps(props, ['label', 'shortcut', 'pressed', 'children', 'class']);
  return (
    <button
      type="button"
      {...rest}
      class={`${css.icon} ${own.class ?? ''}`}
      aria-label={own.label}
      aria-pressed={own.pressed}
      title={own.shortcut ? `${own.label} (${own.shortcut})` : own.label}
    >
      {own.children}
    </button>
  );
}

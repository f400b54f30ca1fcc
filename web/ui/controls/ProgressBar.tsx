import css from './ProgressBar.module.css';

/** How much is done, 0…1; `null` while that is not known. */
export function ProgressBar(props: { label: string; share: number | null }) {
  return (
    <div
      class={css.bar}
      role="progressbar"
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={props.share === null ? undefined : Math.round(props.share * 100)}
    >
      <div
        class={css.fill}
        classList={{ [css.unknown]: props.share === null }}
        style={props.share === null ? {} : { width: `${props.share * 100}%` }}
      />
    </div>
  );
}

import { For } from 'solid-js';
import type { ClassBalance } from '../../core/dataset/health-balance.ts';
import css from './ClassTable.module.css';

/** How many photos and variants each class has, all in all and in each split. */
export function ClassTable(props: { classes: readonly ClassBalance[] }) {
  const most = () => Math.max(1, ...props.classes.map(({ variants }) => variants));
  return (
    <div class={css.frame}>
      <table class={css.table}>
        <caption class="visually-hidden">Photos and variants of each class</caption>
        <thead>
          <tr>
            <th scope="col">Class</th>
            <th scope="col">Photos</th>
            <th scope="col">Variants</th>
            <th scope="col">Training</th>
            <th scope="col">Validation</th>
          </tr>
        </thead>
        <tbody>
          <For each={props.classes}>
            {(row) => (
              <tr>
                <th scope="row">
                  {row.className}
                  <span class={css.bar} style={{ width: `${(row.variants / most()) * 100}%` }} />
                </th>
                <For
                  each={[
                    row.photos,
                    row.variants,
                    row.splits.train.variants,
                    row.splits.val.variants,
                  ]}
                >
                  {(count) => (
                    <td classList={{ [css.none]: count === 0 }}>{count.toLocaleString('en')}</td>
                  )}
                </For>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  );
}

/** Spend by day, model and task: sums over the ledger itself, so that they cannot drift apart. */
import type { Task, UsageAnswer, UsageRow } from '../../contract.ts';
import type { Limits, UserSpend } from './budget.ts';

export function usageOf(sql: SqlStorage, spend: UserSpend, limits: Limits): UsageAnswer {
  const rows = sql
    .exec(
      `SELECT date(created_at / 1000, 'unixepoch') AS day, model, task, COUNT(*) AS calls,
         SUM(CASE payment WHEN 'settled' THEN settled ELSE 0 END) AS settled,
         SUM(CASE WHEN payment IN ('reserved', 'sent', 'unknown') THEN reserved ELSE 0 END) AS held
       FROM jobs GROUP BY day, model, task ORDER BY day DESC, model, task LIMIT 5000`,
    )
    .toArray()
    .map(
      (row): UsageRow => ({
        day: row.day as string,
        model: row.model as string,
        task: row.task as Task,
        calls: row.calls as number,
        settledMicros: row.settled as number,
        heldMicros: row.held as number,
      }),
    );
  return {
    rows,
    budget: {
      dayMicros: limits.userDayMicros,
      dayLeftMicros: Math.max(0, limits.userDayMicros - spend.dayMicros),
      monthMicros: limits.userMonthMicros,
      monthLeftMicros: Math.max(0, limits.userMonthMicros - spend.monthMicros),
    },
  };
}

/** RFC 4180. Dollars with six decimals, so that nothing is rounded away. */
export function toCsv(rows: readonly UsageRow[]): string {
  const dollars = (micros: number): string => (micros / 1_000_000).toFixed(6);
  const lines = rows.map((row) =>
    [
      row.day,
      row.model,
      row.task,
      row.calls,
      dollars(row.settledMicros),
      dollars(row.heldMicros),
    ].join(','),
  );
  return `${['day,model,task,calls,settled_usd,held_usd', ...lines].join('\r\n')}\r\n`;
}

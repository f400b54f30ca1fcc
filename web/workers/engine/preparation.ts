import { fail, ok, type Result } from '../../core/flow/result.ts';
import type { OnModelProgress } from '../../remote/models.ts';
import type { EngineProblem, EngineReport, EngineSource } from './contract.ts';
import { problemOf } from './problem-of.ts';
import type { OpenSession, Started } from './start.ts';

/** A worker's one session: opened once, waited for by everybody. */
export interface Preparation<Session> {
  /** Opens the session. After a failure it may be tried again: the network may be back. */
  prepare(
    source: EngineSource,
    onProgress: OnModelProgress,
  ): Promise<Result<EngineReport, EngineProblem>>;
  /** What `prepare` was asked to open, without waiting for it. */
  source(): EngineSource | undefined;
  /** The session once it is open; a problem when nobody has asked for it or opening failed. */
  session(): Promise<
    Result<{ session: Session; source: EngineSource; report: EngineReport }, EngineProblem>
  >;
}

export function createPreparation<Session>(open: OpenSession<Session>): Preparation<Session> {
  let asked:
    | {
        readonly source: EngineSource;
        readonly opened: Promise<Result<Started<Session>, EngineProblem>>;
      }
    | undefined;

  return {
    async prepare(source, onProgress) {
      asked ??= {
        source,
        opened: open(source, onProgress).catch((error) => fail(problemOf(error))),
      };
      const mine = asked;
      const opened = await mine.opened;
      if (!opened.ok && asked === mine) asked = undefined;
      return opened.ok ? ok(opened.value.report) : opened;
    },
    source: () => asked?.source,
    async session() {
      if (!asked) return fail({ kind: 'not-prepared' });
      const { source, opened } = asked;
      const started = await opened;
      return started.ok ? ok({ ...started.value, source }) : started;
    },
  };
}

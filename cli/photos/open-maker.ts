import type { CommandContext } from '../context.ts';
import { prepareModels } from '../engine/engine.ts';
import type { PhotoMaker } from './contract.ts';
import { makePhoto } from './make-photo.ts';
import { openSetting, type WorkOrder } from './setting.ts';
import { startThreads } from './thread-pool.ts';

/** Starts with the first photo: a run with nothing to do loads no model. */
export function openMaker(
  { threadScript }: Pick<CommandContext, 'threadScript'>,
  threads: number,
  order: WorkOrder,
): PhotoMaker {
  let started: Promise<PhotoMaker> | null = null;
  const start = () =>
    threadScript === null ? openInThisThread(order) : startThreads(threads, threadScript, order);
  return {
    slots: threads * 2,
    async make(job) {
      if (!started) {
        if (order.needsModel) prepareModels(order.modelsFolder);
        started = start();
      }
      return (await started).make(job);
    },
    async close() {
      const maker = await started?.catch(() => null);
      await maker?.close();
    },
  };
}

async function openInThisThread(order: WorkOrder): Promise<PhotoMaker> {
  const setting = await openSetting(order);
  let last: Promise<unknown> = Promise.resolve();
  return {
    slots: 1,
    make(job) {
      const answer = last.then(() => makePhoto(job, setting));
      last = answer.catch(() => undefined);
      return answer;
    },
    close: async () => undefined,
  };
}

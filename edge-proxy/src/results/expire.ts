/** Uploads and what an interrupted copy left live a day, results as long as the settings say. */
import { resultDays } from '../settings.ts';

const day = 24 * 3_600_000;
/** One run deletes at most this many pages of a thousand, the next day goes on. */
const mostPages = 20;

export async function expireFiles(env: Env, now: number): Promise<void> {
  await expire(env, 'uploads/', now - day);
  await expire(env, 'spool/', now - day);
  await expire(env, 'results/', now - resultDays(env) * day);
}

async function expire(env: Env, prefix: string, before: number): Promise<void> {
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const listed = await env.FILES.list({ prefix, ...(cursor !== undefined && { cursor }) });
    const old = listed.objects.filter((object) => object.uploaded.getTime() < before);
    if (old.length > 0) await env.FILES.delete(old.map((object) => object.key));
    if (!listed.truncated) return;
    cursor = listed.cursor;
  }
}

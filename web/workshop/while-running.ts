/**
 * Reports of a job in a worker while it runs. Reports and the answer come over different ports, so
 * the last report may arrive after the answer; it must not bring a finished job's bar back.
 *
 * @param show shows a report; null when the job is over
 */
export async function whileRunning<Progress, Answer>(
  show: (progress: Progress | null) => void,
  job: (onProgress: (progress: Progress) => void) => Promise<Answer>,
): Promise<Answer> {
  let isRunning = true;
  try {
    return await job((progress) => {
      if (isRunning) show(progress);
    });
  } finally {
    isRunning = false;
    show(null);
  }
}

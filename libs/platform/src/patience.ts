/**
 * Waits for work, but not longer than `ms`.
 * @returns false when it was still going on then: it is left alone
 * @throws what the work throws in that time
 */
export async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, ms, false);
  });
  return Promise.race([work.then(() => true), over]).finally(() => clearTimeout(timer));
}

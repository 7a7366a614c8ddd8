/** Tries after which a mail that could not be taken in is set aside for a person to look at. */
export const MAX_ATTEMPTS = 8;
const FIRST_WAIT_MS = 5000;
const LONGEST_WAIT_MS = 3_600_000;

/**
 * When a mail is tried again after its `attempts`-th failure: 5 s, 20 s, 80 s … an hour at most. Eight tries take two and a
 * half hours: a storage that is away for lunch must not make mail a reject.
 */
export const nextTryAt = (now: Date, attempts: number): Date =>
  new Date(now.getTime() + Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 4 ** (attempts - 1)));

/** Mails this small are read side by side; a larger one alone, so that memory stays bounded. */
const SMALL_BYTES = 4 * 1024 * 1024;

/** Splits a batch into rounds that may run at once: at most `width` small mails, or one large one. */
export function rounds<T extends { size: number }>(mails: T[], width: number): T[][] {
  const small = mails.filter((mail) => mail.size <= SMALL_BYTES);
  const large = mails.filter((mail) => mail.size > SMALL_BYTES);
  const grouped = Array.from({ length: Math.ceil(small.length / width) }, (_, n) =>
    small.slice(n * width, (n + 1) * width),
  );
  return [...grouped, ...large.map((mail) => [mail])];
}

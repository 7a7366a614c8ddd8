// Which mails belong together.

const bare = (subject) => subject.replace(/^((re|rv|fw|fwd|aw|wg)\s*:\s*)+/i, '').trim();

/** Threads, latest first: mails joined by In-Reply-To and References. Each is `{root, subject, mails}`, oldest first. */
export function threadsOf(mails) {
  const rootOf = new Map();
  const threads = new Map();
  for (const mail of mails) {
    const named = [...mail.references, mail.inReplyTo].filter((id) => id !== null);
    const root = named.map((id) => rootOf.get(id)).find((id) => id !== undefined) ?? mail.messageId ?? mail.id;
    for (const id of [mail.messageId, ...named]) if (id !== null && !rootOf.has(id)) rootOf.set(id, root);
    const thread = threads.get(root) ?? { root, subject: bare(mail.subject), mails: [] };
    thread.mails.push(mail);
    threads.set(root, thread);
  }
  return [...threads.values()].toSorted((one, other) => other.mails.at(-1).at.localeCompare(one.mails.at(-1).at));
}

export const answerSubject = (subject) => `Re: ${bare(subject)}`;
